import * as z from 'zod/mini';
import { fromPage as fromForm, toPage as toForm } from './messages.ts';

const text = z.string().check(z.maxLength(20_000));
const instant = z.number().check(z.nonnegative());
const nothing = z.strictObject({});

/** What a set-up goes through, in the order in which a person does. */
export const stageNames = ['customer', 'signIn', 'plan', 'changes', 'email', 'handOver'] as const;
export const StageName = z.enum(stageNames);
export type StageName = z.infer<typeof StageName>;

/** What a button asks the host for. */
export const Action = z.enum([
  'continue',
  'discard',
  'dismiss',
  'chooseFolder',
  'choosePreferences',
  'addIgnoreLine',
  'manageTrust',
  'useKnownDomain',
  'openCustomerFile',
  'copyCode',
  'copyAdminText',
  'signInByBrowser',
  'signInByCode',
  'makeChanges',
  'agree',
  'refuse',
  'restore',
  'purge',
  'copyMessage',
  'checkNow',
  'signInAgain',
  'cancel',
  'setUp',
  'again',
  'lookAgain',
  'doFirst',
  'showLog',
  'startPractice',
  'stopPractice',
  'openPractice',
  'handOver',
  'openSheet',
  'openReport',
  'revealHandOver',
  'exportPreferences',
  'openExport',
  'revealExport',
  'copyExportPath',
  'renewSecret',
  'finishRenewal',
  'checkCustomer',
  'checkAllCustomers',
  'checkEveryNight',
  'removeCustomer',
  'adoptRegistration',
  'openRenewalSheet',
  'openResult',
  'copyResult',
  'next',
  'sendTestEmail',
  'proveMailboxScope',
  'createMailboxScopeScript',
  'createAdminScript',
  'importAdminResult',
  'editCustomer',
  /** Shows the stage where the story is. */
  'atHand',
]);
export type Action = z.infer<typeof Action>;

/** What a person may type or choose; a list is written with commas. */
export const fieldNames = [
  'name',
  'tenant',
  'fromAddress',
  'fromName',
  'appName',
  'permissions',
  'otherPermissions',
  'lifetimeDays',
  'secretName',
  'graceDays',
  'senderAddressFrom',
  'scope',
  'otherMailbox',
  'cloud',
] as const;
export const FieldName = z.enum(fieldNames);
export type FieldName = z.infer<typeof FieldName>;

const Tone = z.enum(['plain', 'muted', 'good', 'note', 'warn', 'bad']);
export type Tone = z.infer<typeof Tone>;

const Press = z.strictObject({ action: Action, label: text, primary: z.optional(z.boolean()) });
export type Press = z.infer<typeof Press>;

const Choice = z.strictObject({ value: text, label: text, help: z.optional(text) });

/** One line of a list: a finding, a change, a step. `note`: beside it, such as how long it took. */
const Item = z.strictObject({
  text,
  tone: Tone,
  state: z.optional(z.enum(['open', 'running', 'done', 'failed'])),
  note: z.optional(text),
  /** While it runs: since when. Then the time so far stands in place of `{0}` in the note. */
  since: z.optional(instant),
  /** What else there is to know; shown at once. */
  lines: z.array(text),
  /** For support; shown when asked for. */
  details: z.array(text),
});
export type Item = z.infer<typeof Item>;

const simple = [
  z.strictObject({ kind: z.literal('text'), text, tone: Tone }),
  z.strictObject({
    kind: z.literal('field'),
    field: FieldName,
    label: text,
    value: text,
    help: text,
    problem: text,
    required: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    field: FieldName,
    label: text,
    value: text,
    help: text,
    choices: z.array(Choice),
  }),
  z.strictObject({
    kind: z.literal('checks'),
    field: FieldName,
    label: text,
    value: text,
    problem: text,
    choices: z.array(Choice),
  }),
  z.strictObject({ kind: z.literal('code'), label: text, code: text }),
  /** A sentence with a time in place of `{0}`: until, or since, an instant. */
  z.strictObject({ kind: z.literal('clock'), text, at: instant, counts: z.enum(['down', 'up']) }),
  z.strictObject({ kind: z.literal('letter'), label: text, text }),
  /** `details`: what opens those of an item; `copy`: what puts them on the clipboard; `copied`: what is said then. */
  z.strictObject({
    kind: z.literal('list'),
    title: text,
    details: text,
    copy: text,
    copied: text,
    numbered: z.boolean(),
    items: z.array(Item),
  }),
  /** Without a `head`, the first cell of each row is its name. */
  z.strictObject({
    kind: z.literal('table'),
    title: text,
    head: z.array(text),
    rows: z.array(z.strictObject({ tone: Tone, cells: z.array(text) })),
  }),
  z.strictObject({ kind: z.literal('presses'), presses: z.array(Press) }),
] as const;
const Simple = z.discriminatedUnion('kind', simple);
export type Simple = z.infer<typeof Simple>;

/** A part of a stage. `id` is the same from view to view, so that what is open stays open. */
const Block = z.discriminatedUnion('kind', [
  ...simple,
  z.strictObject({ kind: z.literal('card'), title: text, tone: Tone, blocks: z.array(Simple) }),
  /** Values that have a proposal, each with what changes it in place. */
  z.strictObject({
    kind: z.literal('lines'),
    title: text,
    change: text,
    /** In place of `change` while it is open. */
    close: text,
    items: z.array(z.strictObject({ id: text, label: text, value: text, blocks: z.array(Simple) })),
  }),
]);
export type Block = z.infer<typeof Block>;

export const StageView = z.strictObject({
  name: StageName,
  title: text,
  /** Beside the stages' names. */
  note: text,
  state: z.enum(['open', 'done', 'waiting', 'failed']),
  stateText: text,
  lead: text,
  blocks: z.array(Block),
  /** The verification form follows. */
  form: z.boolean(),
  bar: z.strictObject({ presses: z.array(Press), note: text }),
});
export type StageView = z.infer<typeof StageView>;

/** The whole page. No secret, and no path but what the person has to know. */
export const SetUpView = z.strictObject({
  /** Of the customer; the same after a restart. */
  id: text,
  title: text,
  subtitle: text,
  stagesLabel: text,
  practice: z.optional(z.strictObject({ mark: text, text, press: Press })),
  stages: z.array(StageView),
  /** Where the story is. */
  now: StageName,
  /** When the work under way, or the last one, began, in milliseconds since 1970; 0 for none. */
  begun: z.number(),
  /** For screen readers, whenever it changes. */
  say: text,
});
export type SetUpView = z.infer<typeof SetUpView>;

/** What the set-up page may say to the host; the form in it speaks as it does alone. */
export const fromSetUpPage = {
  ...fromForm,
  open: {
    message: nothing,
    reply: z.strictObject({ view: SetUpView, stage: z.optional(StageName) }),
  },
  edit: { message: z.strictObject({ field: FieldName, value: text }), reply: nothing },
  /** `copied`: said beside the button, once it is true. */
  press: {
    message: z.strictObject({ action: Action }),
    reply: z.strictObject({ copied: z.optional(text) }),
  },
} as const;

export const toSetUpPage = {
  ...toForm,
  setUp: { message: SetUpView, reply: nothing },
  show: { message: z.strictObject({ stage: StageName }), reply: nothing },
} as const;
