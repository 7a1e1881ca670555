import { expect, test, vi } from 'vitest';
import type { EscrowPorts } from '../../../src/core/escrow/keep-in-vault.ts';
import { escrowing } from '../../support/escrowing.ts';

vi.setConfig({ testTimeout: 60_000 });

const asked = JSON.stringify({ access_token: { acrs: { essential: true, value: 'p1' } } });
/** As Azure answers a change since October 2025: github.com/Azure/azure-cli/issues/31699. */
const challenge = {
  kind: 'status',
  status: 401,
  headers: {
    'WWW-Authenticate': `Bearer authorization_uri="https://login.microsoftonline.com/common", error="insufficient_claims", claims="${btoa(asked)}"`,
  },
  body: { error: { code: 'InvalidAuthenticationToken', message: 'The access token lacks a claim.' } },
} as const;

test('where Azure asks for a second factor, the person signs in with what it asks for, and the run goes on', async () => {
  const { run, ports, state, azure } = await escrowing();
  state.faults.rules.push({ method: 'PUT', host: 'management.azure.com', nth: 1, answer: challenge });
  const claims: (string | undefined)[] = [];
  const signInToAzure: EscrowPorts['signInToAzure'] = (tenant, wanted) => {
    claims.push(wanted);
    return ports({}).signInToAzure(tenant, wanted);
  };
  const { failure } = await run({}, { signInToAzure });
  expect(failure).toBeUndefined();
  expect(claims).toEqual([undefined, asked]);
  expect(azure.vaults[0]?.secrets).toHaveLength(1);
});

test('where a second factor changes nothing, no one is asked for it again', async () => {
  const { run, ports, state } = await escrowing();
  state.faults.rules.push({ method: 'PUT', host: 'management.azure.com', answer: challenge });
  let signIns = 0;
  const { failure } = await run(
    {},
    {
      signInToAzure(tenant, claims) {
        signIns += 1;
        return ports({}).signInToAzure(tenant, claims);
      },
    },
  );
  expect(failure).toMatchObject({ code: 'TA-SECOND-FACTOR', status: 401 });
  expect(String(failure?.advice.next)).toContain('second factor');
  expect(signIns).toBe(2);
});

test('a policy whose reason is a second factor is no policy on vaults', async () => {
  const { run, state } = await escrowing();
  const error = {
    code: 'RequestDisallowedByPolicy',
    message:
      "Resource 'v' was disallowed by policy. Reasons: 'Users must use MFA for Create/Update operations.'",
  };
  const answer = { kind: 'status', status: 403, body: { error } } as const;
  state.faults.rules.push({ method: 'PUT', host: 'management.azure.com', answer });
  const { failure } = await run();
  expect(failure?.code).toBe('RequestDisallowedByPolicy');
  expect(String(failure?.advice.cause)).toContain('second factor');
  expect(String(failure?.advice.next)).not.toContain('vault');
});

test('asks for a version of Key Vault that is served after February 2027', async () => {
  const { run, state } = await escrowing();
  await run();
  const versions = state.requests.flatMap(({ path }) => /vaults.*api-version=([\d-]+)/.exec(path)?.[1] ?? []);
  expect(new Set(versions)).toEqual(new Set(['2026-02-01']));
});
