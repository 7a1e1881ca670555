import { openChannel, type Wire } from '../../src/contract/channel.ts';
import { type CustomerChoice, fromPage, type HostView, toPage } from '../../src/contract/messages.ts';
import type { Strings } from '../../src/contract/strings.ts';
import { createAttachmentBox } from '../../src/extension/mail-form/attachment-box.ts';
import { refusalOf } from '../../src/extension/mail-form/failure-view.ts';
import { createForm, type Form } from '../../src/extension/mail-form/form.ts';
import type { FormPorts } from '../../src/extension/mail-form/form-ports.ts';
import { formMemory } from '../support/form-memory.ts';

const contoso: CustomerChoice = {
  id: 'contoso',
  name: 'Contoso Ltd',
  fromAddress: 'ta@contoso.com',
  notes: [],
  tenant: 'contoso.com',
  practice: true,
};

/** The real host side of the form, with what VS Code gives it replaced by `ports`. */
export interface FormHost {
  readonly form: Form;
  /** Everything that was copied. */
  readonly copied: string[];
  /** Every message to the page. */
  readonly posted: unknown[];
  readonly errors: unknown[];
  /** Shows the page a view that the form itself does not have. */
  show(view: HostView): void;
  /** Ties the host to a page; the last one counts. */
  connect(wire: Wire): void;
}

export function formHost(strings: Strings, ports: Partial<FormPorts>): FormHost {
  const memory = ports.memory ?? formMemory();
  const copied: string[] = [];
  const posted: unknown[] = [];
  const errors: unknown[] = [];
  let connected: { dispose(): void; show(view: HostView): void } | undefined;
  const form = createForm(
    {
      strings,
      memory,
      language: 'en',
      coreWords: String,
      attachments: createAttachmentBox(memory),
      customers: async () => [contoso],
      access: () => Promise.reject(new Error('No tenant in this test.')),
      pickFiles: async () => [],
      makeTestFile: () => Promise.reject(new Error('No test file in this test.')),
      copy: async (text) => void copied.push(text),
      handOver: async () => undefined,
      showMailbox: async () => undefined,
      showLog: () => undefined,
      logError: (error) => errors.push(error),
      newCode: () => 'TA-7K3Q-9F',
      ...ports,
    },
    () => void form.view().then((view) => connected?.show(view)),
  );
  return {
    form,
    copied,
    posted,
    errors,
    show: (view) => connected?.show(view),
    connect({ post, listen }) {
      connected?.dispose();
      const channel = openChannel({
        wire: {
          listen,
          post(message) {
            posted.push(message);
            post(message);
          },
        },
        ours: toPage,
        theirs: fromPage,
        handlers: form.handlers,
        refusalOf: (error) => refusalOf(error, String),
        log: (line) => errors.push(line),
      });
      connected = {
        dispose: channel.dispose,
        show: (view) => channel.tell('view', view),
      };
    },
  };
}
