import { expect, test } from 'vitest';
import { clouds } from '../../../src/core/cloud/clouds.ts';
import { consentLink } from '../../../src/core/setup/consent-link.ts';
import { makePlan } from '../../../src/core/setup/plan.ts';
import { doingOf, titleOf } from '../../../src/core/setup/titles.ts';
import { clientId, contoso, healthy, now, secretOf, snapshot, tenantId } from '../../support/snapshot.ts';

const leftover = secretOf({ displayName: 'x (ta-broken22)', hint: 'xyz' });
const interrupted = snapshot()
  .withApplication({ displayName: 'Old name', secrets: [leftover] })
  .withJournal(['add-client-secret', 'ta-broken22', 'intent']);

test('every change has a title, and a way to say it inside a sentence', () => {
  const titles = [snapshot(), interrupted].flatMap(({ existing }) =>
    makePlan(contoso, existing, now).changes.map((change) => `${titleOf(change)} / ${doingOf(change)}`),
  );
  expect([...new Set(titles)]).toEqual([
    'Register the application / register the application',
    'Add its service principal / add its service principal',
    'Grant the Graph permissions / grant the Graph permissions',
    'Add a client secret / add a client secret',
    'Write the preferences file / write the preferences file',
    'Update the application / update the application',
    'Remove a secret of an interrupted run / remove a secret of an interrupted run',
  ]);
  expect(makePlan(contoso, healthy().existing, now).changes).toEqual([]);
});

test.each(Object.values(clouds))('the consent link of the $name cloud stays in that cloud', (cloud) => {
  const link = new URL(consentLink(cloud, tenantId, clientId));
  expect(link.origin).toBe(cloud.login);
  expect(link.pathname).toBe(`/${tenantId}/v2.0/adminconsent`);
  expect(Object.fromEntries(link.searchParams)).toEqual({ client_id: clientId, scope: cloud.graphScope });
});
