import { readFileSync } from 'node:fs';
import type { HostView } from '../../src/contract/messages.ts';
import { CustomerRecord, type Verified } from '../../src/core/customer/record.ts';
import { confirmReceipt, send } from '../../src/core/stories/send.ts';
import { createAttachmentBox } from '../../src/extension/mail-form/attachment-box.ts';
import { createForm, type Form } from '../../src/extension/mail-form/form.ts';
import type { FormPorts, MailAccess } from '../../src/extension/mail-form/form-ports.ts';
import { formMemory } from './form-memory.ts';
import { namedStrings } from './form-strings.ts';
import { type SendingTenant, sendingTenant } from './sending-tenant.ts';
import { setUpRecord } from './set-up-record.ts';
import { tempFile } from './temp-folder.ts';

export const goodDraft = {
  customer: 'contoso',
  to: 'robin@contoso.com',
  cc: '',
  subject: 'Hours',
  body: 'See below.',
  receiptSeconds: 30,
};

export interface SendingForm {
  readonly form: Form;
  readonly tenant: SendingTenant;
  /** What the form's memory holds, by key. */
  readonly kept: Map<string, string>;
  readonly copied: string[];
  readonly errors: unknown[];
  /** Every view that the page would have got. */
  readonly views: HostView[];
  /** The verification in the record. */
  recorded(): Verified | undefined;
  /** Resolves with the view in which the run has its verdict. */
  ended(): Promise<HostView>;
}

/** The form's host side, with Contoso's practice tenant behind it and a page that only listens. */
export async function sendingForm(ports: Partial<FormPorts> = {}, aheadMs = 0): Promise<SendingForm> {
  const tenant = await sendingTenant();
  const kept = new Map<string, string>();
  const memory = formMemory(kept);
  const copied: string[] = [];
  const errors: unknown[] = [];
  const views: HostView[] = [];
  let codes = 0;
  const { access, recorded } = await recordedAccess(tenant, aheadMs);
  const customer = {
    id: 'contoso',
    name: 'Contoso Ltd',
    fromAddress: 'ta@contoso.com',
    tenant: 'contoso.com',
  };
  const form = createForm(
    {
      strings: namedStrings(),
      language: 'en',
      coreWords: String,
      memory,
      attachments: createAttachmentBox(memory),
      customers: async () => [{ ...customer, practice: true, notes: [] }],
      access,
      pickFiles: async () => [],
      makeTestFile: () => Promise.reject(new Error('No test file in this test.')),
      copy: async (text) => void copied.push(text),
      handOver: async () => undefined,
      showMailbox: async () => undefined,
      showLog: () => undefined,
      logError: (error) => errors.push(error),
      newCode: () => `TA-7K3Q-${'23456789'.charAt(codes++)}F`,
      ...ports,
    },
    () => void form.view().then((view) => views.push(view)),
  );
  const isOver = ({ run }: HostView): boolean => run?.verdict !== undefined;
  const ended = async (): Promise<HostView> => {
    for (;;) {
      const view = await form.view();
      if (isOver(view)) return view;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return { form, tenant, kept, copied, errors, views, recorded, ended };
}

/** Access to the mail of a customer whose record, of the application of the tenant, is in a folder of its own, by a clock that is so much ahead. */
export async function recordedAccess({ preferences, http, clock: right }: SendingTenant, aheadMs = 0) {
  const clock = { ...right, now: () => right.now() + aheadMs };
  const { clientId } = preferences.connection;
  const { application, verification: _, ...rest } = setUpRecord('2027-11-24T12:00:00Z');
  const record = { ...rest, application: application && { ...application, clientId } };
  const recordFile = await tempFile('contoso.ta-record.json', JSON.stringify(record));
  const noting = { recordFile, by: 'test' };
  return {
    access: async (_customer: string, signal: AbortSignal): Promise<MailAccess> => ({
      preferences,
      clock,
      send: (mail, receiptMs, onWrongClock) =>
        send(
          { ...noting, kind: 'practice', preferences, mail },
          { http, clock, signal, receiptMs, onWrongClock },
        ),
      confirm: (said) => confirmReceipt(noting, said),
    }),
    recorded: () => CustomerRecord.parse(JSON.parse(readFileSync(recordFile, 'utf8'))).verification,
  };
}
