import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Strings } from '../../src/contract/strings.ts';
import type { FormPorts } from '../../src/extension/mail-form/form-ports.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { bundlePage, englishStrings } from './form-bundle.ts';
import { type FormHost, formHost } from './form-host.ts';
import { type FormPage, type FormPageOptions, openFormPage } from './form-page.ts';

export interface FormSuite {
  readonly strings: Strings;
  /** A page and its host; both end with the test. */
  open(
    ports?: Partial<FormPorts>,
    options?: Partial<Omit<FormPageOptions, 'bundle' | 'host'>> & { readonly host?: FormHost },
  ): Promise<FormPage & { readonly host: FormHost }>;
}

/** One browser for all tests of a file. `suite()` works inside of tests. */
export function formSuite(): () => FormSuite {
  let started: { browser: Browser; suite: FormSuite } | undefined;
  beforeAll(async () => {
    const [browser, bundle, strings] = await Promise.all([launchBrowser(), bundlePage(), englishStrings()]);
    const open: FormSuite['open'] = async (ports = {}, options = {}) => {
      const host = options.host ?? formHost(strings, ports);
      return { host, ...(await openFormPage(browser, { ...options, host, bundle })) };
    };
    started = { browser, suite: { strings, open } };
  });
  afterEach(async () => {
    for (const context of started?.browser.contexts() ?? []) await context.close();
  });
  afterAll(() => started?.browser.close());
  return () => {
    if (!started) throw new Error('The suite works inside of tests only.');
    return started.suite;
  };
}
