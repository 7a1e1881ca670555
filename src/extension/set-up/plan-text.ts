import * as vscode from 'vscode';
import type { Customer } from '../../core/customer/customer.ts';
import type { Finding } from '../../core/setup/finding.ts';
import type { Plan } from '../../core/setup/plan.ts';
import { isBlocked } from '../../core/setup/pre-flight.ts';
import { type Change, detailsOf, titleOf } from '../../core/setup/steps.ts';
import type { Session } from '../../core/sign-in/session.ts';
import { people } from '../../core/words/failure.ts';
import { coreWords } from '../core-words.ts';
import { asMarkdown } from './markdown.ts';

export interface Planned {
  readonly customer: Customer;
  /** Who is signed in; missing only where nobody was asked. */
  readonly admin: Session['admin'] | undefined;
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  readonly practice: boolean;
  /** The plan removes the customer, instead of setting them up. */
  readonly removes?: true;
}

/** Pre-flight and plan as a document (Markdown): what is there, what will be made and why, what stays untouched. */
export function planText(planned: Planned): string {
  const { customer, findings, plan, removes } = planned;
  const sections = [
    `# ${vscode.l10n.t('Plan for {0}', asMarkdown(customer.name))}`,
    ...whereLines(planned),
    `## ${vscode.l10n.t('Pre-flight')}`,
    findings.map(findingLine).join('\n'),
    `## ${vscode.l10n.t('Changes')}`,
    changesOf(plan, isBlocked(findings), removes),
    `## ${vscode.l10n.t('What stays untouched')}`,
    untouched(removes)
      .map((line) => `- ${line}`)
      .join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function whereLines({ plan, admin, practice }: Planned): string[] {
  const { displayName, domain, id } = plan.tenant;
  const rows = [
    vscode.l10n.t('Tenant: **{0}** ({1}), {2}', asMarkdown(displayName), asMarkdown(domain), `\`${id}\``),
    ...(admin ? [adminLine(admin)] : []),
  ];
  const where = practice
    ? [`**${vscode.l10n.t('PRACTICE: nothing outside this machine is touched.')}**`]
    : [];
  return [...where, rows.map((row) => `- ${row}`).join('\n')];
}

const adminLine = ({ displayName, userPrincipalName }: Session['admin']): string =>
  vscode.l10n.t('Signed in as: {0} ({1})', asMarkdown(displayName), asMarkdown(userPrincipalName));

/** Signs that usual fonts have. */
const marks: Readonly<Record<Finding['level'], string>> = { good: '✓', note: '!', later: '…', blocks: '✗' };

function findingLine({ level, what, who, next }: Finding): string {
  const levels = {
    good: vscode.l10n.t('good'),
    note: vscode.l10n.t('note'),
    later: vscode.l10n.t('later'),
    blocks: vscode.l10n.t('blocks'),
  };
  const line = `- ${marks[level]} ${levels[level]}: ${asMarkdown(coreWords(what))}`;
  return next
    ? `${line}\n  - ${asMarkdown(who ? coreWords(people[who]) : '')}: ${asMarkdown(coreWords(next))}`
    : line;
}

function changesOf({ changes }: Plan, blocked: boolean, removes: true | undefined): string {
  if (changes.length === 0)
    return removes
      ? vscode.l10n.t('Nothing of this customer is left to remove.')
      : vscode.l10n.t('Everything is set up correctly. Nothing to do.');
  const lines = changes.map((change, index) => changeLines(change, index + 1)).join('\n');
  return blocked ? `${vscode.l10n.t('Nothing is changed while something above blocks.')}\n\n${lines}` : lines;
}

function changeLines(change: Change, number: number): string {
  const details = detailsOf(change).map((words) => `   - ${asMarkdown(coreWords(words))}`);
  return [`${number}. ${asMarkdown(coreWords(titleOf(change)))}`, ...details].join('\n');
}

const untouched = (removes: true | undefined): string[] => [
  vscode.l10n.t('Users, mailboxes, emails, licences and policies of the tenant'),
  vscode.l10n.t('Other applications, of the same name too'),
  ...(removes
    ? []
    : [
        vscode.l10n.t(
          'What else the application has: permissions, secrets and settings that no change above names',
        ),
      ]),
];
