import { expect, test } from 'vitest';
import { EventEmitter, type WebviewPanel } from 'vscode';
import { memoryOf, recallEmailDraft, rememberEmailDraft } from '../../../src/extension/mail-form/memory.ts';
import { showForm } from '../../../src/extension/mail-form/panel.ts';
import type { Shell } from '../../../src/extension/shell/shell.ts';
import { newDraft } from '../../../webview/state.ts';
import { notingContext } from '../../support/noting-context.ts';

test('a form that its person closed begins anew, and the page of a customer keeps its draft', async () => {
  const { context } = notingContext();
  const memory = context.workspaceState;
  const customers = { onDidChange: new EventEmitter<void>().event };
  const closing = new EventEmitter<void>();
  const panel = { title: '', onDidDispose: closing.event } as unknown as WebviewPanel;
  const page = new EventEmitter<unknown>();
  const wire = {
    post: () => undefined,
    listen: (receive: (message: unknown) => void) => {
      const listening = page.event(receive);
      return () => void listening.dispose();
    },
  };
  showForm({ context, customers } as unknown as Shell, panel, wire);
  const draft = newDraft({ subject: 'Hours', body: 'Half a sent' });
  const ofCustomer = memoryOf(memory, 'contoso');
  await rememberEmailDraft(ofCustomer, draft);
  const keep = (): void => page.fire({ v: 1, type: 'ask', kind: 'keep', message: draft });
  keep();
  expect(recallEmailDraft(memory)).toEqual(draft);
  closing.fire();
  // The last word of a page that goes.
  keep();
  expect(recallEmailDraft(memory)).toBeUndefined();
  expect(recallEmailDraft(ofCustomer)).toEqual(draft);
});
