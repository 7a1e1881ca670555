import type { Http } from '../../src/core/cloud/http.ts';
import type { Clock } from '../../src/core/ports.ts';
import type { OnboardPorts } from '../../src/core/stories/onboard.ts';
import type { Onboarding } from './onboarding.ts';

export class Died extends Error {}

/** From the nth event on nothing works any more: the process is gone. `reached` tells whether there was an nth. */
export function deathAt(nth: number) {
  let events = 0;
  return {
    reached: () => events >= nth,
    event(): void {
      events += 1;
      if (events >= nth) throw new Died();
    },
  };
}

/** Where points are many and much alike `npm test` takes each nth of them; with EVERY_POINT=1 it takes all, as the long form does. */
export const eachNth = (nth: number): number =>
  process.env.EVERY_POINT === '1' || process.env.RELIABILITY !== undefined ? 1 : nth;

type Death = ReturnType<typeof deathAt>;
export type Killer = (story: Onboarding, death: Death) => Partial<OnboardPorts>;

export const beforeRequests: Killer = ({ http }, death) => ({
  http: {
    async send(request) {
      death.event();
      return await http.send(request);
    },
  },
});

export const afterRequests: Killer = ({ http }, death) => {
  const send: Http['send'] = async (request) => {
    if (death.reached()) throw new Died();
    const answer = await http.send(request);
    death.event();
    return answer;
  };
  return { http: { send } };
};

/** The clock is read before every line of the journal and between writing the file and noting that. */
export const atTheClock: Killer = (story, death) => {
  const alive = (): void => {
    if (death.reached()) throw new Died();
  };
  const clock: Clock = {
    now() {
      death.event();
      return story.clock.now();
    },
    async sleep(ms) {
      alive();
      await story.clock.sleep(ms, undefined);
    },
  };
  const send: Http['send'] = async (request) => {
    alive();
    return await story.http.send(request);
  };
  return { clock, http: { send } };
};
