import * as vscode from 'vscode';
import type { CustomerRecord } from '../../../core/customer/record.ts';
import type { Stage, StageState } from '../../../core/customer/stage-states.ts';
import type { ReadFiles, Standing, Status } from '../../../core/customer/standing.ts';

export function statusWords({ status, daysLeft }: Pick<Standing, 'status' | 'daysLeft'>): string {
  const words: Readonly<Record<Status, string>> = {
    unreadable: vscode.l10n.t('Cannot be read'),
    'not set up': vscode.l10n.t('Not set up'),
    unfinished: vscode.l10n.t('Set-up unfinished'),
    'removal unfinished': vscode.l10n.t('Removal unfinished'),
    'waiting for consent': vscode.l10n.t('Waiting for consent'),
    'waiting for Exchange': vscode.l10n.t('Waiting for Exchange'),
    expired: vscode.l10n.t('Secret expired'),
    renewing: vscode.l10n.t('Renewal not finished'),
    'renewal overdue': vscode.l10n.t('Finish the renewal'),
    expiring:
      daysLeft === 1 ? vscode.l10n.t('Secret expires within a day') : vscode.l10n.t('Secret expires soon'),
    broken: vscode.l10n.t('Cannot send'),
    'needs attention': vscode.l10n.t('Needs attention'),
    unverified: vscode.l10n.t('Not verified'),
    'with administrator': vscode.l10n.t('Secret is with the administrator'),
    removed: vscode.l10n.t('Removed from the tenant'),
    ready: vscode.l10n.t('Ready'),
  };
  return words[status];
}

function daysWords(daysLeft: number | undefined): string | undefined {
  return daysLeft === undefined || daysLeft < 2 ? undefined : vscode.l10n.t('{0} days left', daysLeft);
}

/** What is behind a customer's name, so short that a side bar of 200 px does not cut the state off. */
export function shortWords(standing: Pick<Standing, 'status' | 'daysLeft'>): string {
  const { status, daysLeft = 0 } = standing;
  const words: Readonly<Record<Status, string>> = {
    unreadable: vscode.l10n.t('Unreadable'),
    'not set up': vscode.l10n.t('New'),
    unfinished: vscode.l10n.t('Unfinished'),
    'removal unfinished': vscode.l10n.t('Removing'),
    'waiting for consent': vscode.l10n.t('Waiting'),
    'waiting for Exchange': vscode.l10n.t('Waiting'),
    expired: vscode.l10n.t('Expired'),
    renewing: vscode.l10n.t('Renewing'),
    'renewal overdue': vscode.l10n.t('Overdue'),
    // A left-to-right mark, or the number would stand in a name of right-to-left letters before it.
    expiring: daysLeft < 2 ? vscode.l10n.t('Last day') : `\u200e${vscode.l10n.t('{0} days', daysLeft)}`,
    broken: vscode.l10n.t('Failing'),
    'needs attention': vscode.l10n.t('To check'),
    unverified: vscode.l10n.t('Untested'),
    'with administrator': vscode.l10n.t('Elsewhere'),
    removed: vscode.l10n.t('Removed'),
    ready: vscode.l10n.t('Ready'),
  };
  return words[status];
}

/** The state, and how long the secret lasts. */
export const standingWords = (standing: Standing): string =>
  [statusWords(standing), daysWords(standing.daysLeft)].filter(Boolean).join(' · ');

/** All of it, for a tooltip and a screen reader. */
export function customerWords({ customer, record }: ReadFiles, standing: Standing): string {
  return [
    standing.practice ? vscode.l10n.t('PRACTICE') : undefined,
    statusWords(standing),
    record?.tenant.domain ?? customer?.tenant,
    daysWords(standing.daysLeft),
  ]
    .filter(Boolean)
    .join(' · ');
}

export function stageName(stage: Stage): string {
  const words: Readonly<Record<Stage, string>> = {
    registration: vscode.l10n.t('App registration'),
    servicePrincipal: vscode.l10n.t('Service principal'),
    permissions: vscode.l10n.t('Graph permissions'),
    secret: vscode.l10n.t('Client secret'),
    preferences: vscode.l10n.t('Email preferences'),
    proof: vscode.l10n.t('Token check'),
    verification: vscode.l10n.t('Test email'),
  };
  return words[stage];
}

export function stateWords(state: StageState): string {
  const words: Readonly<Record<StageState, string>> = {
    done: vscode.l10n.t('Done'),
    missing: vscode.l10n.t('Not done yet'),
    outdated: vscode.l10n.t('Out of date'),
    interrupted: vscode.l10n.t('Interrupted'),
    waiting: vscode.l10n.t('Waiting for consent'),
    'waiting for Exchange': vscode.l10n.t('Waiting for Exchange'),
    elsewhere: vscode.l10n.t('With the administrator'),
    failed: vscode.l10n.t('Failed'),
    unclear: vscode.l10n.t('Not confirmed'),
    expiring: vscode.l10n.t('Expires soon'),
    expired: vscode.l10n.t('Expired'),
  };
  return words[state];
}

/** What exists for a stage, such as the client id; `undefined` where nothing does. */
export function recordWords(stage: Stage, record: CustomerRecord | undefined): string | undefined {
  switch (stage) {
    case 'registration':
      return record?.application?.clientId;
    case 'servicePrincipal':
      return record?.servicePrincipal?.objectId;
    case 'permissions':
      return record?.grants.map(({ permission }) => permission).join(', ');
    case 'secret':
      return secretWords(record?.secret);
    case 'preferences':
      return record?.preferences?.file;
    case 'proof':
      return record?.proof && day(record.proof.at);
    case 'verification':
      return record?.verification?.recipients.map(({ address }) => address).join(', ');
    default:
      return stage satisfies never;
  }
}

function secretWords(secret: CustomerRecord['secret']): string | undefined {
  return secret && vscode.l10n.t('begins with {0}, until {1}', secret.hint, day(secret.expiresAt));
}

function day(instant: string): string {
  return new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(instant),
  );
}
