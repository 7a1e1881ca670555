import { Customer } from '../../src/core/customer/customer.ts';
import { mailboxScopeText } from '../../src/core/mailbox-scope.ts';
import { runPowerShell, type Transcript } from '../../src/practice/exchange/powershell/run.ts';
import { type Onboarding, onboarding } from './onboarding.ts';
import { scopedCustomer } from './scoped-app.ts';

/** So the lag of the practice tenant becomes Exchange's own: 30 minutes without a request, two hours with. */
const realTime = 600;

/** Contoso with an app for one mailbox, and its Exchange administrator. */
export interface ScopedOnboarding extends Onboarding {
  /** Runs the script that the customer file and the record give, changed by `change`. */
  runScript(change?: (script: string) => string): Promise<Transcript>;
}

export async function scopedOnboarding(customer: object = scopedCustomer): Promise<ScopedOnboarding> {
  const story = await onboarding();
  story.customer = Customer.parse(customer);
  return Object.assign(story, {
    runScript: async (change = (script: string) => script) =>
      runPowerShell(story.state, change(await mailboxScopeText(story.customer, story.files.record))),
  });
}

/** From now on Exchange takes its time. Before that the directory would too. */
export function makeExchangeSlow({ state }: Onboarding): void {
  state.lag.factor = realTime;
}
