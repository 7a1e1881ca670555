import type { State } from '../../state.ts';
import type { Cmdlet, Session } from './cmdlet.ts';
import { cmdlets } from './cmdlets.ts';
import { CmdletFault, PowerShellFault } from './fault.ts';
import { parseScript } from './parse.ts';
import type { Command, Expression, Pipeline, Statement } from './script.ts';
import { isTrue, listOf, pairValue, propertyOf, replaced, shownText } from './values.ts';

/** What the window of PowerShell shows. */
export interface Transcript {
  readonly lines: readonly string[];
  /** Whether something was refused. */
  readonly failed: boolean;
}

interface Run {
  readonly session: Session;
  readonly variables: Map<string, unknown>;
  readonly lines: string[];
  failed: boolean;
}

/** Plays a script for Exchange Online on this tenant, for as far as it goes. Nothing is done where it cannot be read. */
export function runPowerShell(state: State, script: string): Transcript {
  const run: Run = {
    session: { state, connected: false },
    variables: new Map<string, unknown>([
      ['true', true],
      ['false', false],
    ]),
    lines: [],
    failed: false,
  };
  try {
    runAll(run, parseScript(script.replaceAll('\r\n', '\n')));
  } catch (fault) {
    if (!(fault instanceof PowerShellFault || fault instanceof CmdletFault)) throw fault;
    run.failed = true;
    run.lines.push(fault.message);
  }
  return { lines: run.lines, failed: run.failed };
}

function runAll(run: Run, statements: readonly Statement[]): void {
  for (const statement of statements) runOne(run, statement);
}

function runOne(run: Run, statement: Statement): void {
  switch (statement.kind) {
    case 'assign':
      run.variables.set(statement.name, outputOf(run, statement.value));
      return;
    case 'if':
      runAll(run, isTrue(outputOf(run, statement.test)) ? statement.yes : statement.no);
      return;
    case 'foreach':
      for (const each of listOf(outputOf(run, statement.list))) {
        run.variables.set(statement.name, each);
        runAll(run, statement.body);
      }
      return;
    case 'throw':
      throw new PowerShellFault(statement.line, shownText(evaluate(run, statement.value)));
    case 'pipeline':
      run.lines.push(...listOf(outputOf(run, statement.value)).map(shownText));
      return;
    default:
      statement satisfies never;
  }
}

function outputOf(run: Run, { first, then }: Pipeline): unknown {
  let value = first.kind === 'command' ? invoke(run, first, undefined) : evaluate(run, first);
  for (const command of then) value = invoke(run, command, value);
  return value;
}

/** A refusal is shown; the script goes on unless its $ErrorActionPreference is Stop. */
function invoke(run: Run, command: Command, input: unknown): unknown {
  const cmdlet = cmdletNamed(command);
  const given = new Map([...command.parameters].map(([name, value]) => [name, evaluate(run, value)]));
  try {
    return cmdlet.run(run.session, given, input);
  } catch (fault) {
    if (!(fault instanceof CmdletFault)) throw fault;
    const wish = String(given.get('erroraction') ?? run.variables.get('erroractionpreference') ?? 'Continue');
    if (wish.toLowerCase() === 'silentlycontinue') return undefined;
    if (wish.toLowerCase() === 'stop')
      throw new PowerShellFault(command.line, `${command.name}: ${fault.message}`);
    run.failed = true;
    run.lines.push(`Line ${command.line}: ${command.name}: ${fault.message}`);
    return undefined;
  }
}

function cmdletNamed({ name, line, parameters }: Command): Cmdlet {
  const cmdlet = cmdlets.get(name.toLowerCase());
  if (!cmdlet) throw new PowerShellFault(line, `The term '${name}' is not recognized as a name of a cmdlet.`);
  for (const parameter of parameters.keys()) {
    if (parameter === 'erroraction' || cmdlet.parameters.includes(parameter)) continue;
    throw new PowerShellFault(
      line,
      `A parameter cannot be found that matches parameter name '${parameter}'.`,
    );
  }
  const missing = cmdlet.required.find((parameter) => !parameters.has(parameter));
  if (missing)
    throw new PowerShellFault(line, `Cannot process command because of missing parameter: ${missing}.`);
  return cmdlet;
}

function evaluate(run: Run, expression: Expression): unknown {
  switch (expression.kind) {
    case 'text':
      return expression.text;
    case 'variable':
      return run.variables.get(expression.name);
    case 'property':
      return propertyOf(evaluate(run, expression.of), expression.name);
    case 'replace': {
      const { of, from, to } = expression;
      return replaced(evaluate(run, of), evaluate(run, from), evaluate(run, to));
    }
    case 'not':
      return !isTrue(evaluate(run, expression.of));
    case 'pair':
      return pairValue(expression.operator, evaluate(run, expression.left), evaluate(run, expression.right));
    case 'group':
      return outputOf(run, expression.value);
    default:
      return expression satisfies never;
  }
}
