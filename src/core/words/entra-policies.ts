import { type Advice, row } from './failure.ts';
import { inTerminal, say } from './say.ts';

const blocked = row(
  say`A Conditional Access policy of the tenant blocked the sign-in. Many tenants block sign-in by device code.`,
  "the customer's admin",
  say`Sign in by browser${inTerminal`: choose the browser sign-in, or add --browser`}. If that is blocked too, find the policy in the sign-in log in Entra. Do not turn it off.`,
);
const device = row(
  say`A Conditional Access policy requires a managed or joined device. A sign-in by device code cannot prove one.`,
  "the customer's admin",
  say`Sign in by browser on a managed device${inTerminal`: choose the browser sign-in, or add --browser on the command line`}.`,
);
const securityDefaults = row(
  say`The tenant's security defaults blocked the sign-in.`,
  "the customer's admin",
  say`Sign in by browser${inTerminal` (--browser)`} and complete the second factor.`,
);
const secondFactor = row(
  say`This account needs a second factor, or has to set one up.`,
  "the customer's admin",
  say`Sign in by browser${inTerminal` (--browser)`}, or register at https://aka.ms/mfasetup first, then sign in again.`,
);
const confirmation = row(
  say`Entra wants the sign-in to be confirmed on its own page. A sign-in by device code cannot do that.`,
  "the customer's admin",
  say`Sign in by browser${inTerminal`: choose the browser sign-in, or add --browser`}.`,
);

/** Refusals by a policy of the tenant, most of which a device code can never satisfy and a browser may. */
export const policyAdvice = {
  AADSTS53003: blocked,
  AADSTS53002: blocked,
  AADSTS53009: blocked,
  AADSTS530021: blocked,
  AADSTS530032: blocked,
  AADSTS50131: blocked,
  AADSTS53000: device,
  AADSTS53001: device,
  AADSTS50097: device,
  AADSTS50129: device,
  AADSTS530035: securityDefaults,
  AADSTS50072: secondFactor,
  AADSTS50074: secondFactor,
  AADSTS50076: secondFactor,
  AADSTS50078: secondFactor,
  AADSTS50079: secondFactor,
  AADSTS50158: secondFactor,
  AADSTS50199: confirmation,
} as const satisfies Readonly<Record<string, Advice>>;

/** Whether a sign-in by browser may pass where this refused a device code. */
export const browserMayWork = (code: string): boolean => Object.hasOwn(policyAdvice, code);
