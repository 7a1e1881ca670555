import type { Handlers } from '../../contract/channel.ts';
import type { fromPage, HostView, SavedDraft } from '../../contract/messages.ts';
import { mailEvidence } from './evidence.ts';
import type { FormPorts } from './form-ports.ts';
import { recallEmailDraft, rememberEmailDraft } from './memory.ts';
import { createRunner, type Runner } from './runner.ts';

/** The host's side of the form, whether a page shows it or not. */
export interface Form {
  readonly handlers: Handlers<typeof fromPage>;
  view(): Promise<HostView>;
  /** For the next page that gets ready. */
  choose(customer: string | undefined): void;
  /** Stops a run that is under way. */
  stop(): void;
}

/** `onChange`: told whenever there is a new view; `onChoice`: whose test email it is. */
export function createForm(
  ports: FormPorts,
  onChange: () => void,
  onChoice: (name: string) => void = () => undefined,
): Form {
  const runner = createRunner(ports, onChange);
  let chosen: string | undefined;
  const view = async (): Promise<HostView> => ({
    customers: await ports.customers(),
    nextCode: runner.nextCode(),
    run: runner.current()?.run,
  });
  const added = async (paths: readonly string[]) => ({ attachments: await ports.attachments.add(paths) });
  return {
    view,
    choose: (customer) => {
      chosen = customer;
    },
    stop: runner.stop,
    handlers: {
      async ready() {
        const { strings, language } = ports;
        const reply = { strings, language, view: await view(), draft: await draftNow(ports), chosen };
        chosen = undefined;
        return reply;
      },
      keep: async (draft) => {
        await rememberEmailDraft(ports.memory, draft);
        return {};
      },
      pickFiles: async () => added(await ports.pickFiles()),
      addTestFile: async () => added([await ports.makeTestFile()]),
      send: async ({ draft, attachments }) => ({ problems: await runner.send(draft, attachments) }),
      chose: async ({ customer }) => {
        const found = (await ports.customers()).find(({ id }) => id === customer);
        if (found) onChoice(found.name);
        return {};
      },
      cancel: async () => {
        runner.stop();
        return {};
      },
      confirmReceipt: async ({ address, code }) => ({
        confirmed: await confirm(ports, runner, { address, readBack: code }),
      }),
      copyEvidence: async () => {
        const current = runner.current();
        if (current) await ports.copy(mailEvidence(current.run, current));
        return {};
      },
      handOver: async () => {
        const customer = runner.current()?.run.customer;
        if (customer) await ports.handOver(customer);
        return {};
      },
      showMailbox: async () => {
        await ports.showMailbox();
        return {};
      },
      showLog: async () => {
        ports.showLog();
        return {};
      },
    },
  };
}

/** The draft as it was kept, with those of its files that are still there. */
async function draftNow({ memory, attachments: box }: FormPorts): Promise<SavedDraft | undefined> {
  const draft = recallEmailDraft(memory);
  if (!draft) return undefined;
  const found = await box.find(draft.attachments.map(({ id }) => id));
  return { ...draft, attachments: found.map(({ path: _, ...attachment }) => attachment) };
}

/** Writes a recipient's word into the record of the mail that the form shows, and of no other. */
async function confirm(
  ports: FormPorts,
  runner: Runner,
  said: { readonly address: string; readonly readBack: string },
): Promise<boolean> {
  const run = runner.current()?.run;
  if (!run) return false;
  const access = await ports.access(run.customer, new AbortController().signal);
  const confirmed = await access.confirm({ code: run.code, ...said });
  if (!confirmed) return false;
  const { recipients } = confirmed;
  const settled = recipients.every(
    ({ outcome }) => outcome === 'inbox' || outcome === 'confirmed by recipient',
  );
  runner.change({ ...run, recipients, verdict: settled ? 'arrived' : run.verdict });
  return true;
}
