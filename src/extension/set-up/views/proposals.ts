import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Block, FieldName, Simple } from '../../../contract/set-up.ts';
import { clouds } from '../../../core/cloud/clouds.ts';
import { defaultPermissions } from '../../../core/customer/permissions.ts';
import { dayMs } from '../../../core/words/moment.ts';
import { coreWords } from '../../core-words.ts';
import { permissionsIn } from '../draft.ts';
import { movePress, type PageFacts, press, presses, sentence } from './page-facts.ts';

type Lines = Extract<Block, { kind: 'lines' }>['items'];

/** What has a proposal, a line each, with what changes it in place. */
export function proposals(facts: PageFacts): Lines {
  const { editing } = facts;
  const { values } = editing;
  return [
    textLine(editing, {
      id: 'fromName',
      field: 'fromName',
      label: vscode.l10n.t('From name in T&A'),
      help: vscode.l10n.t("Recipients see the mailbox's own display name instead."),
    }),
    textLine(editing, {
      id: 'app',
      field: 'appName',
      label: vscode.l10n.t('App registration'),
      title: vscode.l10n.t('Name of the app registration'),
      help: vscode.l10n.t('As the Entra admin center shows it.'),
    }),
    {
      id: 'permissions',
      label: vscode.l10n.t('Permissions'),
      value: permissionsIn(values).join(', '),
      blocks: permissions(editing),
    },
    { id: 'secret', label: vscode.l10n.t('Client secret'), value: lifetime(facts), blocks: secret(editing) },
    {
      id: 'senderAddressFrom',
      label: vscode.l10n.t('Sender address from'),
      value: values.senderAddressFrom || vscode.l10n.t('not known yet'),
      blocks: [senderMode(editing)],
    },
    {
      id: 'scope',
      label: vscode.l10n.t('Mailboxes'),
      value:
        values.scope === 'mailbox'
          ? vscode.l10n.t('Only {0}', values.fromAddress)
          : vscode.l10n.t('All mailboxes of the tenant'),
      blocks: scope(editing),
    },
    cloud(editing),
    files(facts),
  ];
}

interface TextLine {
  readonly id: string;
  readonly field: FieldName;
  readonly label: string;
  /** Of the field, where the line says it shorter. */
  readonly title?: string;
  readonly help: string;
}

/** A line that is a text and its field. */
function textLine(
  editing: PageFacts['editing'],
  { id, field, label, title = label, help }: TextLine,
): Lines[number] {
  return { id, label, value: editing.values[field], blocks: [inputField(editing, field, title, help)] };
}

const files = ({ editing, state }: PageFacts): Lines[number] => ({
  id: 'files',
  label: vscode.l10n.t('Files'),
  value: state ? basename(state.paths.customer) : editing.folder,
  blocks: [
    sentence(
      state
        ? vscode.l10n.t(
            'The record and the email preferences are in the same folder: {0}',
            state.paths.customer,
          )
        : vscode.l10n.t('The customer file, the record and the email preferences go into this folder.'),
      'muted',
    ),
    presses(state ? movePress('correct') : press('chooseFolder', vscode.l10n.t('Choose Folder…'))),
  ],
});

function permissions(editing: PageFacts['editing']): Simple[] {
  return [
    {
      kind: 'checks',
      field: 'permissions',
      label: vscode.l10n.t('Microsoft Graph application permissions'),
      value: editing.values.permissions,
      problem: '',
      choices: defaultPermissions.map(({ value, reason }) => ({
        value,
        label: value,
        help: coreWords(reason),
      })),
    },
    inputField(
      editing,
      'otherPermissions',
      vscode.l10n.t('Other permissions'),
      vscode.l10n.t('Names such as Calendars.Read, separated by commas.'),
      '',
      false,
    ),
  ];
}

function lifetime({ editing, now, language }: PageFacts): string {
  const count = Number(editing.values.lifetimeDays);
  if (!Number.isInteger(count) || editing.problems.lifetimeDays) return editing.values.lifetimeDays;
  const until = new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(now + count * dayMs);
  return count === 1
    ? vscode.l10n.t('1 day, until {0} if created today', until)
    : vscode.l10n.t('{0} days, until {1} if created today', count, until);
}

const secret = (editing: PageFacts['editing']): Simple[] => [
  inputField(
    editing,
    'lifetimeDays',
    vscode.l10n.t('Days until the client secret expires'),
    vscode.l10n.t('From 1 to 730; 180 is usual. T&A cannot send email after that.'),
  ),
  inputField(
    editing,
    'secretName',
    vscode.l10n.t('Name of the client secret'),
    vscode.l10n.t('How its name begins in the Entra admin center.'),
  ),
  inputField(
    editing,
    'graceDays',
    vscode.l10n.t('Days to finish a renewal'),
    vscode.l10n.t('From 0 to 365; 14 is usual. Until then the new secret should be entered in T&A.'),
  ),
];

function senderMode({ values }: PageFacts['editing']): Simple {
  return {
    kind: 'choice',
    field: 'senderAddressFrom',
    label: vscode.l10n.t('What T&A says at System preferences > Email > Web, "Sender address from"'),
    value: values.senderAddressFrom,
    help: vscode.l10n.t(
      "With User, emails such as absence requests are sent from the employee's or supervisor's mailbox.",
    ),
    choices: [
      { value: '', label: vscode.l10n.t('I do not know yet') },
      { value: 'SMTP address', label: vscode.l10n.t('SMTP address') },
      { value: 'User', label: vscode.l10n.t('User') },
    ],
  };
}

function scope(editing: PageFacts['editing']): Simple[] {
  const { values } = editing;
  const limited = values.scope === 'mailbox';
  const breaks = vscode.l10n.t('T&A sends as User: emails from other mailboxes would be refused.');
  const unknown = vscode.l10n.t(
    'Find out first what T&A says at "Sender address from": with User, those emails would fail.',
  );
  const warning =
    values.senderAddressFrom === 'User' ? breaks : values.senderAddressFrom === '' ? unknown : '';
  return [
    {
      kind: 'choice',
      field: 'scope',
      label: vscode.l10n.t('Mailboxes that the app can use'),
      value: values.scope,
      help: vscode.l10n.t(
        'To limit the app to the sender, an Exchange administrator runs a script. Exchange takes up to two hours.',
      ),
      choices: [
        { value: 'tenant', label: vscode.l10n.t('All mailboxes of the tenant') },
        { value: 'mailbox', label: vscode.l10n.t('Only the sender') },
      ],
    },
    ...(limited && warning !== '' ? [sentence(warning, 'warn')] : []),
    ...(limited
      ? [
          inputField(
            editing,
            'otherMailbox',
            vscode.l10n.t('Another mailbox of the tenant'),
            vscode.l10n.t('To show that the app is kept out of it. No email is read.'),
          ),
        ]
      : []),
  ];
}

function cloud({ values }: PageFacts['editing']): Lines[number] {
  const choices = Object.values(clouds).map(({ name, label }) => ({ value: name, label }));
  const label = vscode.l10n.t('Microsoft cloud');
  return {
    id: 'cloud',
    label,
    value: choices.find(({ value }) => value === values.cloud)?.label ?? values.cloud,
    blocks: [{ kind: 'choice', field: 'cloud', label, value: values.cloud, help: '', choices }],
  };
}

export function inputField(
  { values, problems }: PageFacts['editing'],
  name: FieldName,
  label: string,
  help: string,
  problem = '',
  required = true,
): Simple {
  return {
    kind: 'field',
    field: name,
    label,
    value: values[name],
    help,
    problem: problems[name] ?? problem,
    required,
  };
}
