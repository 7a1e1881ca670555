import { Failure, row } from '../words/failure.ts';
import { say } from '../words/say.ts';
import { blockedAdvice } from './failures.ts';
import type { Finding } from './finding.ts';

const doing = say`remove the customer from the tenant`;

/** Failures that only a removal can meet. */
export const removalFailures = {
  nothingOfOurs(): Failure {
    return new Failure({
      code: 'TA-NOTHING-TO-REMOVE',
      message: say`The record names no application of this customer, so there is nothing to remove.`,
      doing,
      exitCode: 3,
      advice: row(
        say`This tool removes only what it has registered, and the record next to the customer file says what that is.`,
        'you',
        say`If the record was lost, put it back. Otherwise delete the application in the Entra admin center > App registrations > All applications.`,
      ),
    });
  },

  blocked(findings: readonly Finding[]): Failure {
    const blocking = findings.filter(({ level }) => level === 'blocks');
    const [first] = blocking;
    return new Failure({
      code: 'TA-NOT-OURS',
      message: say`Nothing was removed: ${first?.what ?? ''}`,
      doing,
      advice: blockedAdvice(
        blocking,
        say`This tool removes only an application that it registered, and only if no one else added anything to it.`,
      ),
    });
  },

  otherName(name: string): Failure {
    return new Failure({
      code: 'TA-OTHER-NAME',
      message: say`Nothing was removed: the name that was entered is not that of the customer.`,
      doing,
      exitCode: 3,
      advice: row(
        say`A removal is confirmed with the customer's name, so that no other customer is removed by mistake.`,
        'you',
        say`If you want to remove this customer, enter its name as the customer file has it: ${name}`,
      ),
    });
  },
};
