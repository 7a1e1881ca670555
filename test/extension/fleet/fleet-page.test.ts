import { expect, test, vi } from 'vitest';
import type { CheckedCustomer } from '../../../src/core/check/checked.ts';
import { openFleetPage, showFindings } from '../../../src/extension/fleet/fleet-page.ts';
import { commands, person } from '../../support/fake-vscode.ts';

const customer: CheckedCustomer = {
  file: 'contoso.ta-customer.json',
  name: 'Contoso Ltd',
  standing: 'ready',
  checkedAt: '2026-11-24T10:00:00Z',
  looked: true,
  secret: null,
  findings: [],
};
const html = (): string => person.panels.at(-1)?.webview.html ?? '';

test('the page of a running check can stop it, and says afterwards how it ended', async () => {
  const stop = vi.fn();
  const page = openFleetPage(['Not checked: 2.'], stop);
  const [, command = ''] = /href="command:([^"]+)"/.exec(html()) ?? [];
  await commands.executeCommand(command);
  expect(stop).toHaveBeenCalledOnce();
  page.add({ customer, done: 1, total: 3, leftMs: 12_000, waiting: undefined });
  page.settle('Stopped on request. 1 of 3 customers were checked.');
  expect(html()).toContain('1 of 3 customers were checked.');
  expect(html()).toContain('Not checked: 2.');
  expect(html()).toContain('Contoso Ltd');
  expect(html()).not.toContain('<progress');
});

test('a page that is seen is not replaced while the check is running, and one that comes back is up to date', async () => {
  vi.useFakeTimers();
  const page = openFleetPage([], () => undefined);
  const [panel, first] = [person.panels.at(-1) ?? expect.fail(), html()];
  page.add({ customer, done: 1, total: 3, leftMs: 12_000, waiting: undefined });
  await vi.advanceTimersByTimeAsync(1000);
  expect(html()).toBe(first);
  expect(panel.posted.at(-1)).toContain('1 of 3 so far, 0:12 left');
  const waiting = { file: 'slow.ta-customer.json', until: Date.parse('2026-11-24T10:10:00Z') };
  page.wait({ done: 1, total: 3, leftMs: 600_000, waiting });
  await vi.advanceTimersByTimeAsync(1000);
  expect(panel.posted.at(-1)).toContain('1 of 3 so far, waiting until 2026-11-24 10:10 UTC for slow.ta');
  panel.hide();
  expect(html()).toContain('1 of 3 so far');
  page.settle();
  vi.useRealTimers();
});

test('the findings of one customer have a page of their own, and a check of all goes on', () => {
  const stop = vi.fn();
  const page = openFleetPage([], stop);
  const all = person.panels.at(-1);
  showFindings({ ...customer, name: 'Fabrikam' });
  expect(html()).toContain('Fabrikam');
  // It has no script and no link, so neither would run.
  expect(person.panels.at(-1)?.options).toEqual({ enableFindWidget: true, localResourceRoots: [] });
  expect(stop).not.toHaveBeenCalled();
  page.add({ customer, done: 1, total: 1, leftMs: undefined, waiting: undefined });
  page.settle();
  expect(all?.webview.html).toContain('Contoso Ltd');
  expect(html()).not.toContain('Contoso Ltd');
  person.panels.at(-1)?.dispose();
  expect(stop).not.toHaveBeenCalled();
  all?.dispose();
});

test('whoever closes the page stops the check, and a new check takes the page of the last one', () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const page = openFleetPage([], first);
  openFleetPage([], second);
  expect(first).toHaveBeenCalledOnce();
  page.settle('The first one.');
  expect(html()).not.toContain('The first one.');
  person.panels.at(-1)?.dispose();
  expect(second).toHaveBeenCalledOnce();
});
