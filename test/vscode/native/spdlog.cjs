// Stands in for @vscode/spdlog, which would have to be compiled. Without any, VS Code writes no log files.
// `exports.x =` one by one: VS Code imports it as an ES module, and Node finds the names only in this form.
const { appendFileSync, closeSync, mkdirSync, openSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(_kind, _name, file) {
    this.file = file;
    this.level = 2;
    this.raw = false;
    mkdirSync(dirname(file), { recursive: true });
    closeSync(openSync(file, 'a'));
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {}
}

for (const [index, name] of levels.entries()) {
  Logger.prototype[name] = function log(message) {
    if (index < this.level) return;
    const line = this.raw ? message : `${new Date().toISOString()} [${name}] ${message}\n`;
    try {
      appendFileSync(this.file, line);
    } catch {
      // The folder of a test goes away before its last child process does.
    }
  };
}

const createLogger = async (name, file) => new Logger('rotating', name, file);

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
