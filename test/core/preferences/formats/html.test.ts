import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { fields } from '../../../../src/core/preferences/fields.ts';
import { html } from '../../../../src/core/preferences/formats/html.ts';
import { leftOut, noneYet } from '../../../../src/core/preferences/left-out.ts';
import { inClear } from '../../../../src/core/preferences/preferences-file.ts';
import { preferencesWith } from '../../../support/preferences.ts';

const page = html.write(inClear(preferencesWith()));

test("shows T&A's fields in the order of its screen, each with a button to copy it", () => {
  const ids = [...page.matchAll(/<code id="(\w+)" translate="no"/g)].map(([, id]) => id);
  expect(ids).toEqual(fields.map(({ name }) => name));
  const copied = [...page.matchAll(/data-copies="(\w+)"/g)].map(([, id]) => id);
  expect(copied).toEqual(ids);
  expect(page.indexOf('Check, do not change')).toBeGreaterThan(page.indexOf('Client Secret'));
});

test('allows its own script and style by their hashes, and nothing else', () => {
  const hash = (tag: string): string => {
    const text = new RegExp(`<${tag}>(.*)</${tag}>`, 's').exec(page)?.[1] ?? '';
    return `sha256-${createHash('sha256').update(text).digest('base64')}`;
  };
  expect(/Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]).toBe(
    `default-src 'none'; script-src '${hash('script')}'; style-src '${hash('style')}'; base-uri 'none'; form-action 'none'`,
  );
  expect(page).not.toMatch(/\ssrc=|\shref=|\son\w+=|\sstyle=|@import|url\(/);
});

test('keeps values from becoming markup', () => {
  const hostile = inClear(preferencesWith({ fromName: '</code><script>alert(1)</script>"\'&amp;' }));
  const text = html.write(hostile);
  expect(text.match(/<script>/g)).toHaveLength(1);
  expect(text).toContain('&lt;/code&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('says where the secret is when it is left out, and offers neither to show nor to copy it', () => {
  const text = html.write(inClear(preferencesWith(), leftOut('it is in contoso.ta-email.json')));
  expect(text).toContain('(left out; it is in contoso.ta-email.json)');
  expect(text).not.toMatch(/id="show"|data-copies="clientSecret"|contains the client secret/);
});

test('where there is no secret yet it neither warns of one nor offers it', () => {
  const text = html.write(inClear(preferencesWith(), noneYet('the set-up makes one')));
  expect(text).toContain('(none yet; the set-up makes one)');
  expect(text).not.toMatch(/id="show"|data-copies="clientSecret"|contains the client secret/);
});
