import { expect, test } from 'vitest';
import { registerApplication } from '../../../../src/core/setup/steps/register-application.ts';
import { denied, graphAnswer, graphRefusal, lagging, serverError } from '../../../support/graph-answer.ts';
import {
  applicationId,
  clientId,
  contoso,
  displayName,
  healthy,
  now,
  snapshot,
  uniqueName,
} from '../../../support/snapshot.ts';

const { record: blank } = snapshot().existing;
const { record: known } = healthy().existing;
const [create] = registerApplication.plan(contoso, snapshot().existing, now);
if (!create) throw new Error('a fresh tenant needs a registration');
const update = { ...create, how: 'update' } as const;
const made = {
  id: applicationId,
  appId: clientId,
  createdDateTime: '2026-11-23T22:00:00Z',
  secretText: 'canary',
};

test('upserts by our own key, so that asking twice makes one', () => {
  const otherRequests = [{ resourceAppId: 'other', resourceAccess: [] }];
  expect(registerApplication.requests({ ...create, otherRequests }, blank, 'ta-x')).toEqual([
    {
      method: 'PATCH',
      path: `/applications(uniqueName='${uniqueName}')`,
      headers: { Prefer: 'create-if-missing' },
      replay: 'safe',
      body: {
        displayName,
        signInAudience: 'AzureADMyOrg',
        requiredResourceAccess: [
          ...otherRequests,
          {
            resourceAppId: '00000003-0000-0000-c000-000000000000',
            resourceAccess: create.permissions.map(({ appRoleId }) => ({ id: appRoleId, type: 'Role' })),
          },
        ],
      },
    },
  ]);
});

test('keeps the ids of 201, and nothing else of the answer', () => {
  const verdict = registerApplication.judge(create, graphAnswer(201, made), blank, 0);
  expect(verdict).toMatchObject({
    kind: 'done',
    record: {
      application: { uniqueName, objectId: applicationId, clientId, createdAt: '2026-11-23T22:00:00Z' },
    },
  });
  expect(JSON.stringify(verdict)).not.toContain('canary');
});

test('takes 204 for an update of what it knows', () => {
  expect(registerApplication.judge(update, graphAnswer(204), known, 0)).toEqual({
    kind: 'done',
    record: known,
  });
});

test('reads back where 204 says that it existed already', () => {
  const request = {
    method: 'GET',
    path: `/applications(uniqueName='${uniqueName}')?$select=id,appId,createdDateTime`,
    replay: 'safe',
  };
  expect(registerApplication.judge(create, graphAnswer(204), blank, 0)).toEqual({
    kind: 'read back',
    request,
  });
  // The ids of a record that the look could not confirm may be those of a deleted application.
  expect(registerApplication.judge(create, graphAnswer(204), known, 0)).toEqual({
    kind: 'read back',
    request,
  });
});

test.each([graphAnswer(201), graphAnswer(200, 'x'), graphAnswer(201, { id: 1 })])(
  'reads back where the answer is odd',
  (odd) => {
    expect(registerApplication.judge(create, odd, blank, 0).kind).toBe('read back');
  },
);

test.each([denied, serverError, lagging, graphRefusal(400, 'Request_BadRequest'), graphAnswer(302)])(
  'does not take a refusal for lag: nothing stands before it',
  (answer) => {
    expect(registerApplication.judge(create, answer, blank, 0)).toEqual({ kind: 'failed' });
  },
);
