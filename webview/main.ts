import './styles.css';
import { openChannel, type Wire } from '../src/contract/channel.ts';
import { fromPage, toPage } from '../src/contract/messages.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { element } from './element.ts';
import { createPageForm, type PageForm } from './form.ts';
import { register } from './kit/index.ts';
import { createDraftStore, newDraft, readDraft } from './state.ts';
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

/** The host's first word has the texts; before it there is nothing to show. */
async function start(place: HTMLElement): Promise<void> {
  register();
  let form: PageForm | undefined;
  const saved = readDraft(vscode.getState());
  const host = openChannel({
    wire,
    ours: fromPage,
    theirs: toPage,
    log: () => undefined,
    refusalOf: () => new Refusal({ code: 'TA-PAGE', message: '', hint: '' }),
    handlers: {
      view: async (view) => {
        form?.show(view);
        return {};
      },
      choose: async ({ customer }) => {
        form?.choose(customer);
        return {};
      },
    },
  });
  const opening = await host.ask('ready', { attachments: saved?.attachments.map(({ id }) => id) ?? [] });
  const { strings, language, view } = opening;
  const fresh = newDraft({ subject: strings.defaultSubject, body: strings.defaultMessage });
  const store = createDraftStore({ ...(saved ?? fresh), attachments: opening.attachments }, (draft) =>
    vscode.setState(draft),
  );
  form = createPageForm({ host, store, texts: createTexts(strings, language) }, view);
  if (opening.chosen) form.choose(opening.chosen);
  window.addEventListener('pagehide', store.flush);
  document.addEventListener('visibilitychange', store.flush);
  place.replaceChildren(form.node);
}

const place = document.querySelector<HTMLElement>('#form') ?? document.body;
start(place).catch((error: unknown) => {
  const text = error instanceof Refusal ? `${error.message} (${error.code})` : String(error);
  place.replaceChildren(element('p', { role: 'alert' }, text));
});
