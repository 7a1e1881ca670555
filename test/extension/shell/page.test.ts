import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { pageHtml } from '../../../src/extension/shell/page.ts';

const parts = {
  page: 'form',
  nonce: 'abc',
  script: 'https://page.example/main.js?a=1&b="2"',
  style: 'main > p { color: red; }',
  language: 'en"><script>',
  heading: '<b>',
} as const;
const html = pageHtml(parts);
const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

test('everything is forbidden but our script, our style sheet and an empty style', () => {
  const empty = createHash('sha256').update('').digest('base64');
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'nonce-abc'",
    `style-src 'nonce-abc' 'sha256-${empty}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('the policy comes before anything that could load', () => {
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.search(/<(?:link|script|img|style)/));
});

test('nothing given breaks out of its attribute, and nothing is inline but the style sheet', () => {
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html.match(/<style[\s\S]*<\/style>/)?.[0]).toBe(`<style nonce="abc">${parts.style}</style>`);
  expect(html).not.toMatch(/<b>| on\w+=|style=/);
});

test('nothing is fetched before the page can be painted', () => {
  expect(html).not.toContain('<link');
});

test.each(['form', 'set-up'] as const)('the %s has its heading before its script has run', (page) => {
  const text = pageHtml({ ...parts, page, heading: 'Contoso & Sons' });
  expect(text).toMatch(/<main [^>]*>.*<h1>Contoso &amp; Sons<\/h1>.*<\/main>/s);
});

test('no script stands in the page that VS Code would wait for before it shows it', () => {
  expect(html).not.toMatch(/<script[^>]* src=/);
});
