import type { Browser } from 'playwright-core';
import { openChannel, Refusal, type Wire } from '../../src/contract/channel.ts';
import { fromSetUpPage, type SetUpView, toSetUpPage } from '../../src/contract/set-up.ts';
import type { bundlePage, englishStrings } from './form-bundle.ts';
import { formHost } from './form-host.ts';
import { type FormPage, openFormPage } from './form-page.ts';
import type { ThemeName } from './theme.ts';

export interface ShownSetUp extends FormPage {
  /** What the person did, as the host hears it. */
  readonly heard: unknown[];
  show(view: SetUpView): void;
}

interface Options {
  readonly browser: Browser;
  readonly bundle: Awaited<ReturnType<typeof bundlePage>>;
  readonly strings: Awaited<ReturnType<typeof englishStrings>>;
  readonly theme: ThemeName | undefined;
  readonly size: { readonly width: number; readonly height: number } | undefined;
  /** Told before the page is there. */
  readonly meanwhile: SetUpView | undefined;
}

/** The page with one state after the other, and a host that only notes what it hears. */
export async function openSetUpView(first: SetUpView, options: Options): Promise<ShownSetUp> {
  const { browser, bundle, strings, theme = 'dark', meanwhile } = options;
  const size = options.size ?? { width: 1100, height: 720 };
  const { form } = formHost(strings, {});
  const heard: unknown[] = [];
  let view = first;
  let tell: (next: SetUpView) => void = () => undefined;
  const host = {
    connect(wire: Wire) {
      const channel = openChannel({
        wire,
        ours: toSetUpPage,
        theirs: fromSetUpPage,
        log: (line) => heard.push(line),
        refusalOf: () => new Refusal({ code: 'TA-TEST', message: '', hint: '' }),
        handlers: {
          ...form.handlers,
          ready(message) {
            if (meanwhile) tell(meanwhile);
            return form.handlers.ready(message);
          },
          open: async () => ({ view }),
          edit: async (edit) => {
            heard.push(edit);
            return {};
          },
          press: async ({ action }) => {
            heard.push(action);
            return action === 'copyAdminText' ? { copied: 'Copied' } : {};
          },
        },
      });
      tell = (next) => channel.tell('setUp', next);
    },
  };
  const opened = await openFormPage(browser, { host, bundle, theme, page: 'set-up', ...size });
  return {
    ...opened,
    heard,
    show(next) {
      view = next;
      tell(next);
    },
  };
}
