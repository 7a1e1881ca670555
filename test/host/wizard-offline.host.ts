import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askTenant } from '../../src/extension/wizard/steps/tenant.ts';
import { createPracticeTenant, playedHosts } from '../../src/practice/tenant.ts';
import { withPerson } from './support/rehearsal.ts';
import { esc, type } from './support/script.ts';

/** As good as no network: nothing listens on port 1. */
const nowhere = 'http://127.0.0.1:1';

test('without a network the wizard says so beside the question', async () => {
  const running = {
    tenant: createPracticeTenant(),
    origin: nowhere,
    connections: new Map(playedHosts.map((host) => [host, nowhere])),
    scenarios: [],
    problems: [],
  };
  const outlet = { practice: { running }, log: { info: () => {}, debug: () => {} } };
  const place = { title: 'Set Up Customer', step: 2, totalSteps: 8 };
  const person = await withPerson([type('contoso.com'), esc], {}, async () => {
    await assert.rejects(askTenant({}, place, outlet), vscode.CancellationError);
  });
  assert.match(person.problems[0] ?? '', /No connection to login\.microsoftonline\.com/);
}).timeout(300_000);
