import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { exists } from '../../../src/core/files/target.ts';
import { whatRemains } from '../../../src/core/setup/removal.ts';
import { escrowing } from '../../support/escrowing.ts';
import { onboarding } from '../../support/onboarding.ts';
import { removal } from '../../support/removing.ts';
import { scopedCustomer } from '../../support/scoped-customer.ts';

// What a removal does beside Microsoft Entra: files, Exchange, the Key Vault.

test('with the preferences file, where that is wanted', async () => {
  const story = await onboarding();
  await story.run();
  story.clock.advance(60_000);
  const { done } = await removal(story, { preferences: true });
  expect(done?.prepared.plan.changes.at(-1)?.kind).toBe('delete-preferences');
  expect(await exists(story.files.preferences)).toBe(false);
  expect((await story.record()).preferences).toBeUndefined();
});

test('an encrypted copy beside the preferences file stays, and is told by its name', async () => {
  const story = await onboarding();
  await story.run();
  story.clock.advance(60_000);
  const { done: without } = await removal(story);
  expect(without && whatRemains(without).join('\n')).not.toContain('.age');
  await writeFile(`${story.files.preferences}.age`, 'x');
  const { done } = await removal(story, { preferences: true });
  expect(done && whatRemains(done).map(String)).toContainEqual(
    'The preferences file contoso.ta-email.json.age stays. Its client secret works again if the application is restored.',
  );
});

test('what Exchange grants is removed by a script, which is written beside the record', async () => {
  const story = await onboarding({ scenarios: ['mailbox-scoped'] });
  story.customer = Customer.parse(scopedCustomer);
  await story.run({ exchangePatienceMs: 9e6 });
  story.clock.advance(60_000);
  const before = await story.record();
  const { failure, done } = await removal(story);
  expect(failure).toBeUndefined();
  const name = done?.record.removal?.exchangeScript ?? '';
  expect(name).toBe('contoso.remove-from-exchange.ps1');
  const script = await readFile(story.files.record.replace('contoso.ta-record.json', name), 'utf8');
  expect(script).toContain(before.servicePrincipal?.objectId);
  expect(script).toContain('Remove-ManagementRoleAssignment');
});

test('the copy in the Key Vault is disabled, where that is wanted, and no other secret', async () => {
  const story = await escrowing();
  const { signInToAzure } = story.ports({});
  expect((await story.run()).failure).toBeUndefined();
  story.clock.advance(60_000);
  const kept = await removal(story, {});
  expect(kept.failure).toBeUndefined();
  expect(story.azure.vaults[0]?.secrets.map(({ enabled }) => enabled)).toEqual([true]);
  expect((await story.record()).escrow).toBeDefined();

  const { failure, done } = await removal(story, { vault: true }, { signInToAzure });
  expect(failure).toBeUndefined();
  expect(story.azure.vaults[0]?.secrets.map(({ enabled }) => enabled)).toEqual([false]);
  expect(done?.record.escrow).toBeUndefined();
  expect(done?.record.removal?.disabledCopy).toContain('/secrets/ta-exo-client-secret-');
});

test('a record that was sent along disables no secret of another application', async () => {
  const story = await escrowing();
  const { signInToAzure } = story.ports({});
  await story.run();
  const [secret] = story.azure.vaults[0]?.secrets ?? [];
  if (secret) Object.assign(secret.tags, { clientId: 'another' });
  story.clock.advance(60_000);
  const { done } = await removal(story, { vault: true }, { signInToAzure });
  expect(secret?.enabled).toBe(true);
  expect(done?.record.removal?.disabledCopy).toBeUndefined();
});
