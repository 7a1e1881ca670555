import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { pageHtml } from '../../../src/extension/mail-form/panel.ts';

const parts = {
  page: 'form',
  cspSource: 'https://page.example',
  nonce: 'abc',
  script: 'https://page.example/main.js?a=1&b="2"',
  style: 'https://page.example/main.css',
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
    `style-src https://page.example 'sha256-${empty}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('the policy comes before anything that could load', () => {
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.search(/<(?:link|script|img|style)/));
});

test('nothing given breaks out of its attribute, and nothing is inline', () => {
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).not.toMatch(/<b>|<style| on\w+=|style=/);
});

test.each(['form', 'set-up'] as const)('the %s has its heading before its script has run', (page) => {
  const text = pageHtml({ ...parts, page, heading: 'Contoso & Sons' });
  expect(text).toMatch(/<main [^>]*>.*<h1>Contoso &amp; Sons<\/h1>.*<\/main>/s);
});

test('the browser fetches the script while it reads the page', () => {
  expect(html).toMatch(/<script [^>]*defer[^>]*><\/script>\n<\/head>/);
});
