import type { Reporter, TestModule } from 'vitest/node';
import { badInputs } from './bad-inputs.ts';
import { keep } from './tally.ts';

/** Of bad inputs that tests of other rooms hold: whether each of these tests was seen to pass. */
export default class BadInputsByTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const passed = modules.flatMap(({ relativeModuleId, children }) =>
      [...children.allTests('passed')].map(({ fullName }) => `${relativeModuleId} ${fullName}`),
    );
    for (const [kind, rows] of Object.entries(badInputs)) {
      const held = rows.flatMap(({ id, what, by }) => ('file' in by ? [{ id, what, ...by }] : []));
      const failed = held.filter(
        ({ file, test }) => !passed.some((name) => name.startsWith(`${file} `) && name.includes(test)),
      );
      const names = failed.map(({ id, what, test }) => `${id} ${what}: ${test}`);
      if (held.length > 0) keep({ row: `bad-inputs: ${kind}`, cells: held.length, failed: names });
    }
  }
}
