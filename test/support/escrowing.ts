import { clouds } from '../../src/core/cloud/clouds.ts';
import type { EscrowPorts, EscrowProgress, Kept } from '../../src/core/escrow/keep-in-vault.ts';
import type { PlaceWish } from '../../src/core/escrow/place.ts';
import { signInToAzure } from '../../src/core/sign-in/sign-in.ts';
import { escrow } from '../../src/core/stories/escrow.ts';
import { Failure } from '../../src/core/words/failure.ts';
import type { ScenarioName } from '../../src/practice/scenarios.ts';
import { type Onboarding, onboarding } from './onboarding.ts';

const silent = { info: () => undefined, debug: () => undefined };

/** An onboarded Contoso; `run` is one escrow, over a real socket and Azure's real SDK. */
export async function escrowing(scenarios: readonly ScenarioName[] = []) {
  const story = await onboarding({ scenarios });
  const { failure } = await story.run();
  if (failure !== undefined) throw failure;
  const { customer, files, clock, http, state } = story;
  const ports = (replaced: Partial<EscrowPorts>): EscrowPorts => ({
    http,
    clock,
    signal: undefined,
    signInToAzure: (tenant, claims) => {
      const way = { way: 'device code', showCode: () => undefined } as const;
      return signInToAzure({
        ...way,
        http,
        clock,
        log: silent,
        cloud: clouds.global,
        tenant,
        claims,
        signal: undefined,
      });
    },
    choose: () => Promise.reject(new Error('nobody is to be asked')),
    confirm: async () => true,
    ...replaced,
  });
  const run = (wish: PlaceWish = {}, replaced: Partial<EscrowPorts> = {}) =>
    drain(
      escrow({ customer, recordFile: files.record, kind: 'practice', by: 'test', wish }, ports(replaced)),
    );
  return { ...story, ports, run, azure: state.azure, writes: () => writesTo(story) };
}

async function drain(story: AsyncGenerator<EscrowProgress, Kept>) {
  const progress: EscrowProgress['kind'][] = [];
  try {
    for (let step = await story.next(); ; step = await story.next()) {
      if (step.done) return { progress, kept: step.value, failure: undefined };
      progress.push(step.value.kind);
    }
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return { progress, kept: undefined, failure };
  }
}

function writesTo({ state }: Onboarding): string[] {
  return state.requests
    .filter(({ host, method }) => host === 'management.azure.com' && method !== 'GET')
    .map(({ method, path }) => `${method} ${path.split('?')[0]?.split('/').slice(-2).join('/')}`);
}
