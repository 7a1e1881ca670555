import * as vscode from 'vscode';
import type { CustomerRecord } from '../../../core/customer/record.ts';
import type { Stage, StageState } from '../../../core/customer/stage-states.ts';
import type { ReadFiles, Standing } from '../../../core/customer/standing.ts';

export function statusWords({ status, daysLeft }: Pick<Standing, 'status' | 'daysLeft'>): string {
  switch (status) {
    case 'unreadable':
      return vscode.l10n.t('Cannot be read');
    case 'not set up':
      return vscode.l10n.t('Not set up');
    case 'unfinished':
      return vscode.l10n.t('Set-up unfinished');
    case 'removal unfinished':
      return vscode.l10n.t('Removal unfinished');
    case 'waiting for consent':
      return vscode.l10n.t('Waiting for consent');
    case 'waiting for Exchange':
      return vscode.l10n.t('Waiting for Exchange');
    case 'expired':
      return vscode.l10n.t('Secret expired');
    case 'renewing':
      return vscode.l10n.t('Renewal not finished');
    case 'renewal overdue':
      return vscode.l10n.t('Finish the renewal');
    case 'expiring':
      return daysLeft === 1
        ? vscode.l10n.t('Secret expires within a day')
        : vscode.l10n.t('Secret expires soon');
    case 'broken':
      return vscode.l10n.t('Cannot send');
    case 'needs attention':
      return vscode.l10n.t('Needs attention');
    case 'unverified':
      return vscode.l10n.t('Not verified');
    case 'with administrator':
      return vscode.l10n.t('Secret is with the administrator');
    case 'removed':
      return vscode.l10n.t('Removed from the tenant');
    case 'ready':
      return vscode.l10n.t('Ready');
    default:
      return status satisfies never;
  }
}

function daysWords(daysLeft: number | undefined): string | undefined {
  return daysLeft === undefined || daysLeft < 2 ? undefined : vscode.l10n.t('{0} days left', daysLeft);
}

/** What is behind a customer's name, so short that a side bar of 200 px does not cut the state off. */
export function shortWords(standing: Pick<Standing, 'status' | 'daysLeft'>): string {
  const { status, daysLeft = 0 } = standing;
  switch (status) {
    case 'unreadable':
      return vscode.l10n.t('Unreadable');
    case 'not set up':
      return vscode.l10n.t('New');
    case 'unfinished':
      return vscode.l10n.t('Unfinished');
    case 'removal unfinished':
      return vscode.l10n.t('Removing');
    case 'waiting for consent':
    case 'waiting for Exchange':
      return vscode.l10n.t('Waiting');
    case 'expired':
      return vscode.l10n.t('Expired');
    case 'renewing':
      return vscode.l10n.t('Renewing');
    case 'renewal overdue':
      return vscode.l10n.t('Overdue');
    case 'expiring':
      return daysLeft < 2 ? vscode.l10n.t('Last day') : vscode.l10n.t('{0} days', daysLeft);
    case 'broken':
      return vscode.l10n.t('Failing');
    case 'needs attention':
      return vscode.l10n.t('To check');
    case 'unverified':
      return vscode.l10n.t('Untested');
    case 'with administrator':
      return vscode.l10n.t('Elsewhere');
    case 'removed':
      return vscode.l10n.t('Removed');
    case 'ready':
      return vscode.l10n.t('Ready');
    default:
      return status satisfies never;
  }
}

/** The state, and how long the secret lasts. */
export const standingWords = (standing: Standing): string =>
  [statusWords(standing), daysWords(standing.daysLeft)].filter((part) => part !== undefined).join(' · ');

/** All of it, for a tooltip and a screen reader. */
export function customerWords({ customer, record }: ReadFiles, standing: Standing): string {
  return [
    standing.practice ? vscode.l10n.t('PRACTICE') : undefined,
    statusWords(standing),
    record?.tenant.domain ?? customer?.tenant,
    daysWords(standing.daysLeft),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

export function stageName(stage: Stage): string {
  switch (stage) {
    case 'registration':
      return vscode.l10n.t('App registration');
    case 'servicePrincipal':
      return vscode.l10n.t('Service principal');
    case 'permissions':
      return vscode.l10n.t('Graph permissions');
    case 'secret':
      return vscode.l10n.t('Client secret');
    case 'preferences':
      return vscode.l10n.t('Email preferences');
    case 'proof':
      return vscode.l10n.t('Token check');
    case 'verification':
      return vscode.l10n.t('Test email');
    default:
      return stage satisfies never;
  }
}

export function stateWords(state: StageState): string {
  switch (state) {
    case 'done':
      return vscode.l10n.t('Done');
    case 'missing':
      return vscode.l10n.t('Not done yet');
    case 'outdated':
      return vscode.l10n.t('Out of date');
    case 'interrupted':
      return vscode.l10n.t('Interrupted');
    case 'waiting':
      return vscode.l10n.t('Waiting for consent');
    case 'waiting for Exchange':
      return vscode.l10n.t('Waiting for Exchange');
    case 'elsewhere':
      return vscode.l10n.t('With the administrator');
    case 'failed':
      return vscode.l10n.t('Failed');
    case 'unclear':
      return vscode.l10n.t('Not confirmed');
    case 'expiring':
      return vscode.l10n.t('Expires soon');
    case 'expired':
      return vscode.l10n.t('Expired');
    default:
      return state satisfies never;
  }
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
