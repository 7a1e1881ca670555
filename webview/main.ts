import './styles.css';
import * as z from 'zod/mini';
import { type Channel, openChannel, Refusal, type Wire } from '../src/contract/channel.ts';
import { fromPage, toPage } from '../src/contract/messages.ts';
import { fromSetUpPage, StageName, toSetUpPage } from '../src/contract/set-up.ts';
import { element, takeFocus } from './element.ts';
import { createPageForm, type PageForm } from './form.ts';
import { focusFirstField, register } from './kit/index.ts';
import type { Deeds } from './set-up/fields.ts';
import { createSetUpPage, type SetUpPage } from './set-up/page.ts';
import { createDraftStore, newDraft } from './state.ts';
import { createTexts } from './texts.ts';

/** What VS Code gives a page, once: code.visualstudio.com/api/extension-guides/webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};
const vscode = acquireVsCodeApi();

const wire: Wire = {
  post: (message) => vscode.postMessage(message),
  listen(receive) {
    const listener = (event: MessageEvent<unknown>): void => receive(event.data);
    window.addEventListener('message', listener);
    return () => window.removeEventListener('message', listener);
  },
};
const common = {
  wire,
  log: () => undefined,
  refusalOf: () => new Refusal({ code: 'TA-PAGE', message: '', hint: '' }),
};

/** The host's first word has the texts; before it there is nothing to show. */
async function openForm(
  host: Pick<Channel<typeof fromPage>, 'ask' | 'tell'>,
  alone: boolean,
): Promise<PageForm> {
  const { strings, language, view, draft, chosen } = await host.ask('ready', {});
  const fresh = newDraft({ subject: strings.defaultSubject, body: strings.defaultMessage });
  const store = createDraftStore(draft ?? fresh, (next) => host.tell('keep', next));
  const form = createPageForm({ host, store, texts: createTexts(strings, language) }, view, alone);
  if (chosen) form.choose(chosen);
  window.addEventListener('pagehide', store.flush);
  document.addEventListener('visibilitychange', store.flush);
  return form;
}

async function startForm(place: HTMLElement): Promise<void> {
  const host = openChannel({
    ...common,
    ours: fromPage,
    theirs: toPage,
    // What is told while the form still opens waits for it.
    handlers: {
      view: async (view) => {
        (await opened).show(view);
        return {};
      },
      choose: async ({ customer }) => {
        (await opened).choose(customer);
        return {};
      },
    },
  });
  const opened = openForm(host, true);
  place.replaceChildren((await opened).node);
}

const Saved = z.object({
  chosen: z.optional(z.object({ stage: StageName, now: StageName })),
});

async function startSetUp(place: HTMLElement): Promise<void> {
  const host = openChannel({
    ...common,
    ours: fromSetUpPage,
    theirs: toSetUpPage,
    // What is told while the page still opens waits for it.
    handlers: {
      view: async (view) => {
        (await opened).form.show(view);
        return {};
      },
      choose: async () => ({}),
      setUp: async (view) => {
        (await opened).page.show(view);
        return {};
      },
      show: async ({ stage }) => {
        (await opened).page.goTo(stage);
        return {};
      },
    },
  });
  const opened = openSetUp(host, place);
  await opened;
}

async function openSetUp(
  host: Channel<typeof fromSetUpPage>,
  place: HTMLElement,
): Promise<{ form: PageForm; page: SetUpPage }> {
  const saved = z.safeParse(Saved, vscode.getState()).data;
  const { view, stage } = await host.ask('open', {});
  const keep = (): void => vscode.setState({ customer: view.id, chosen: page.chosen() });
  const form = await openForm(host, false);
  const deeds: Deeds = {
    edit: (field, value) => host.tell('edit', { field, value }),
    press: (action) =>
      host.ask('press', { action }).then(
        ({ copied }) => copied,
        () => undefined,
      ),
  };
  const page: SetUpPage = createSetUpPage(view, {
    form: form.node,
    deeds,
    chosen: saved?.chosen,
    onChoice: keep,
  });
  place.replaceChildren(page.node);
  keep();
  if (stage) page.goTo(stage);
  // VS Code may have another part in use while it restores a page.
  takeFocus({
    focus() {
      if (place.contains(document.activeElement)) return;
      if (view.now === 'customer' && !stage) focusFirstField(place);
      else place.querySelector<HTMLElement>('#stage-title')?.focus();
    },
  });
  return { form, page };
}

register();
const place = document.querySelector<HTMLElement>('#page') ?? document.body;
const start = place.dataset.page === 'set-up' ? startSetUp : startForm;
start(place)
  .catch((error: unknown) => {
    const text = error instanceof Refusal ? `${error.message} (${error.code})` : String(error);
    place.replaceChildren(element('p', { role: 'alert' }, text));
  })
  // For `npm run bench`.
  .finally(() => performance.mark('drawn'));
