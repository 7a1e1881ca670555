import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { smallPng } from './small-png.ts';

/** Takes the picture of `npm start` for the README: what a terminal shows, colours included. Needs Chromium and util-linux's `script`. */
const file = 'media/npm-start.png';
const run = 'node scripts/practice-run.ts';

const classes: Readonly<Record<string, string>> = {
  '1': 'bold',
  '2': 'dim',
  '4': 'line',
  '31': 'red',
  '32': 'green',
  '33': 'yellow',
};

const style = `
  body { margin: 0; padding: 28px 32px; background: #0f1720; color: #d7dde5; width: max-content; }
  pre { margin: 0; font: 14px/1.5 'DejaVu Sans Mono', monospace; }
  .bold { font-weight: 700; color: #fff; } .dim { color: #8b98a8; } .line { text-decoration: underline; }
  .red { color: #ff7b72; } .green { color: #5fd38d; } .yellow { color: #f2c35b; }
`;

const { stdout } = spawnSync('script', ['-qec', run, '/dev/null'], {
  encoding: 'utf8',
  // As npm starts it, so that the commands are those of a clone.
  env: { ...process.env, npm_lifecycle_event: 'start', COLUMNS: '140', TERM: 'xterm-256color' },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ deviceScaleFactor: 1.5 });
await page.setContent(`<style>${style}</style><pre>$ npm start\n\n${toHtml(stdout)}</pre>`);
writeFileSync(file, smallPng(await page.locator('body').screenshot()));
await browser.close();

/** Passing lines go: each ends with the erasure of its line. */
function toHtml(terminal: string): string {
  const lines = terminal.replaceAll('\r\n', '\n').split('\n');
  const shown = lines.map((line) => line.slice(line.lastIndexOf('\u001b[2K') + 1).replace(/^\[2K/, ''));
  const escaped = shown.join('\n').replaceAll('&', '&amp;').replaceAll('<', '&lt;').trimEnd();
  return escaped
    .split('\u001b[')
    .map((part, index) => (index === 0 ? part : painted(part)))
    .join('');
}

function painted(part: string): string {
  const [, codes = '', text = ''] = /^([\d;]*)m([\s\S]*)$/.exec(part) ?? [];
  const name = classes[codes];
  return `</span>${name ? `<span class="${name}">` : '<span>'}${text}`;
}
