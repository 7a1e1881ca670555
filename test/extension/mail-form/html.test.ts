import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { pageHtml } from '../../../src/extension/mail-form/panel.ts';

const html = pageHtml({
  page: 'form',
  cspSource: 'https://page.example',
  nonce: 'abc',
  script: 'https://page.example/main.js?a=1&b="2"',
  style: 'https://page.example/main.css',
  language: 'en"><script>',
  title: '<b>',
});
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
