import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Customer } from '../../src/core/customer/customer.ts';
import { say } from '../../src/core/words/say.ts';
import { planText } from '../../src/extension/set-up/plan-text.ts';

const customer = Customer.parse({
  version: 1,
  name: 'Contoso',
  tenant: 'contoso.com',
  mail: { fromName: 'T&A', fromAddress: 'ta@contoso.com' },
});

const hostile =
  '<img src=x onerror=alert(1)> [a](command:evil) ![b](http://x.example/p) # **bold** `code`\n- list';

function textWith(name: string): string {
  return planText({
    customer,
    admin: { objectId: 'id', userPrincipalName: name, displayName: name },
    findings: [{ id: 'x', level: 'blocks', what: say`${name}`, who: 'you', next: say`${name}` }],
    plan: {
      customer: name,
      tenant: { id: '1b4e28ba-2fa1-4d2c-883f-0016d3cca427', displayName: name, domain: name },
      changes: [{ kind: 'remove-client-secret', keyId: 'key', displayName: name }],
    },
    practice: true,
  });
}

test('names and texts from a tenant show as they are, whatever stands in them', async () => {
  const html = await vscode.commands.executeCommand<string>('markdown.api.render', textWith(hostile));
  assert.doesNotMatch(html, /<img|<a |<code>code|<strong>bold/);
  assert.match(html, /&lt;img src=x onerror=alert\(1\)&gt;/);
});

test('the plan says what blocks, what would be made, and what stays', () => {
  const text = textWith('Someone');
  assert.match(text, /PRACTICE: nothing outside this machine is touched/);
  assert.match(text, /✗ blocks: Someone/);
  assert.match(
    text,
    /Nothing is changed while something above blocks\.\n\n1\. Remove a secret of an interrupted run/,
  );
  assert.match(text, /## What stays untouched/);
});
