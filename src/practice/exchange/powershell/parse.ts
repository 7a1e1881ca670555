import { type Reader, readerOf } from './reader.ts';
import type { Command, Expression, Pipeline, Statement } from './script.ts';
import { tokensOf } from './tokens.ts';

/** The small part of PowerShell that scripts for Exchange need. Throws a PowerShellFault for all else, by its line. */
export function parseScript(text: string): Statement[] {
  const reader = readerOf(tokensOf(text));
  const statements = readStatements(reader);
  if (reader.peek()) throw reader.refuse();
  return statements;
}

function readStatements(reader: Reader): Statement[] {
  const statements: Statement[] = [];
  for (reader.skipLines(); ; reader.skipLines()) {
    const next = reader.peek();
    if (!next || (next.kind === 'symbol' && next.text === '}')) return statements;
    statements.push(readStatement(reader));
  }
}

function readStatement(reader: Reader): Statement {
  if (reader.take('word', 'if')) return readIf(reader);
  if (reader.take('word', 'foreach')) return readForEach(reader);
  const thrown = reader.take('word', 'throw');
  if (thrown) return { kind: 'throw', value: readExpression(reader), line: thrown.line };
  const value = readPipeline(reader);
  const { first, then } = value;
  if (first.kind !== 'variable' || then.length > 0 || !reader.take('symbol', '='))
    return { kind: 'pipeline', value };
  return { kind: 'assign', name: first.name, value: readPipeline(reader) };
}

function readIf(reader: Reader): Statement {
  const test = readGroup(reader);
  const yes = readBlock(reader);
  const no = reader.take('word', 'else') ? readBlock(reader) : [];
  return { kind: 'if', test, yes, no };
}

function readForEach(reader: Reader): Statement {
  reader.need('symbol', '(');
  const { text: name } = reader.need('variable');
  reader.need('word', 'in');
  const list = readPipeline(reader);
  reader.need('symbol', ')');
  return { kind: 'foreach', name: name.toLowerCase(), list, body: readBlock(reader) };
}

function readBlock(reader: Reader): Statement[] {
  reader.need('symbol', '{');
  const statements = readStatements(reader);
  reader.need('symbol', '}');
  return statements;
}

function readGroup(reader: Reader): Pipeline {
  reader.need('symbol', '(');
  const value = readPipeline(reader);
  reader.need('symbol', ')');
  return value;
}

function readPipeline(reader: Reader): Pipeline {
  const first = reader.peek()?.kind === 'word' ? readCommand(reader) : readExpression(reader);
  const then: Command[] = [];
  while (reader.take('symbol', '|')) then.push(readCommand(reader));
  return { first, then };
}

function readCommand(reader: Reader): Command {
  const { text: name, line } = reader.need('word');
  const parameters = new Map<string, Expression>();
  for (let dash = reader.take('dash'); dash; dash = reader.take('dash')) {
    reader.take('symbol', ':');
    parameters.set(dash.text.toLowerCase(), readArgument(reader));
  }
  return { kind: 'command', name, line, parameters };
}

/** A bare word is a text here, as in `-ErrorAction SilentlyContinue`. */
function readArgument(reader: Reader): Expression {
  const word = reader.take('word');
  return word ? { kind: 'text', text: word.text } : readValue(reader);
}

function readExpression(reader: Reader): Expression {
  if (reader.take('dash', 'not')) return { kind: 'not', of: readExpression(reader) };
  let left = readValue(reader);
  for (let operator = takeOperator(reader); operator; operator = takeOperator(reader)) {
    left = { kind: 'pair', operator, left, right: readValue(reader) };
  }
  return left;
}

function takeOperator(reader: Reader): '+' | 'eq' | 'ne' | undefined {
  if (reader.take('symbol', '+')) return '+';
  if (reader.take('dash', 'eq')) return 'eq';
  return reader.take('dash', 'ne') && 'ne';
}

function readValue(reader: Reader): Expression {
  let value = readBare(reader);
  while (reader.peek()?.tight && reader.take('symbol', '.')) {
    const { text: name } = reader.need('word');
    value =
      reader.peek()?.text === '(' ? readMethod(reader, value, name) : { kind: 'property', of: value, name };
  }
  return value;
}

function readMethod(reader: Reader, of: Expression, name: string): Expression {
  if (name.toLowerCase() !== 'replace') throw reader.refuse();
  reader.need('symbol', '(');
  const from = readExpression(reader);
  reader.need('symbol', ',');
  const to = readExpression(reader);
  reader.need('symbol', ')');
  return { kind: 'replace', of, from, to };
}

function readBare(reader: Reader): Expression {
  const variable = reader.take('variable');
  if (variable) return { kind: 'variable', name: variable.text.toLowerCase() };
  const text = reader.take('string');
  if (text) return { kind: 'text', text: text.text };
  if (reader.peek()?.text === '(') return { kind: 'group', value: readGroup(reader) };
  throw reader.refuse();
}
