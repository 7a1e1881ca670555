import { onTestFinished } from 'vitest';
import { clouds } from '../../src/core/cloud/clouds.ts';
import { createHttp } from '../../src/core/cloud/pipeline.ts';
import type { Clock, DeviceCodePrompt } from '../../src/core/ports.ts';
import { approveDeviceCode, findByUserCode } from '../../src/practice/login/device-codes.ts';
import { findPerson } from '../../src/practice/people.ts';
import { serve } from '../../src/practice/serve.ts';
import { createPracticeTenant, type PracticeTenantOptions } from '../../src/practice/tenant.ts';
import { fakeClock } from './fake-clock.ts';
import { signing } from './signing.ts';

/** What a sign-in needs, over real sockets to a practice tenant whose clock it shares. `lines` is the log. */
export async function practiceSignIn(options: PracticeTenantOptions = {}) {
  const clock = fakeClock();
  const tenant = createPracticeTenant({ signing, clock, lagFactor: 0, ...options });
  const served = await serve(tenant);
  onTestFinished(() => served.close());
  const lines: string[] = [];
  const keep = (message: string) => void lines.push(message);
  const log = { info: keep, debug: keep };
  const { connections } = served;
  const http = createHttp({ connections, clock, log });
  const organizationId = tenant.state.organization.id;
  return {
    tenant,
    served,
    clock,
    log,
    lines,
    http,
    /** Polls of the token endpoint so far. */
    polls: () => tenant.state.requests.filter(({ path }) => path.includes('/oauth2/v2.0/token')).length,
    /** The person signs in with the code and consents. */
    approve(userCode: string, userPrincipalName = 'grace@contoso.com') {
      const code = findByUserCode(tenant.state, userCode);
      const person = findPerson(tenant.state, userPrincipalName);
      if (!code || !person) throw new Error(`nobody can approve ${userCode} as ${userPrincipalName}`);
      approveDeviceCode(tenant.state, code, person);
    },
    options: { http, clock, log, signal: undefined, cloud: clouds.global, tenant: organizationId },
  };
}

/** `clock`, with something that happens in the course of the nth wait, counted from 1. */
export function clockWith(clock: Clock, during: (nth: number) => void): Clock {
  let nth = 0;
  return {
    now: () => clock.now(),
    sleep(ms, signal) {
      nth += 1;
      during(nth);
      return clock.sleep(ms, signal);
    },
  };
}

/** Prompts as they were shown. */
export function shownCodes(then: (prompt: DeviceCodePrompt) => void = () => {}) {
  const prompts: DeviceCodePrompt[] = [];
  return {
    prompts,
    showCode(prompt: DeviceCodePrompt) {
      prompts.push(prompt);
      then(prompt);
    },
  };
}
