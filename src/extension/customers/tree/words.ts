import type { CustomerRecord } from '../../../core/customer/record.ts';
import type { Stage, StageState } from '../../../core/customer/stage-states.ts';
import type { ReadFiles, Standing } from '../../../core/customer/standing.ts';
import type { Words } from '../../../core/words/say.ts';

/** VS Code's translator and language, passed in, so that the words can be tested without VS Code. */
export interface L10n {
  readonly language: string;
  t(message: string, ...args: (string | number | boolean)[]): string;
  /** What core says. */
  core(sentence: Words): string;
}

export function statusWords(l10n: L10n, { status, daysLeft }: Pick<Standing, 'status' | 'daysLeft'>): string {
  switch (status) {
    case 'unreadable':
      return l10n.t('Cannot be read');
    case 'not set up':
      return l10n.t('Not set up');
    case 'unfinished':
      return l10n.t('Set-up unfinished');
    case 'removal unfinished':
      return l10n.t('Removal unfinished');
    case 'waiting for consent':
      return l10n.t('Waiting for consent');
    case 'waiting for Exchange':
      return l10n.t('Waiting for Exchange');
    case 'expired':
      return l10n.t('Secret expired');
    case 'renewing':
      return l10n.t('Renewal not finished');
    case 'renewal overdue':
      return l10n.t('Finish the renewal');
    case 'expiring':
      return daysLeft === 1 ? l10n.t('Secret expires within a day') : l10n.t('Secret expires soon');
    case 'broken':
      return l10n.t('Cannot send');
    case 'needs attention':
      return l10n.t('Needs attention');
    case 'unverified':
      return l10n.t('Not verified');
    case 'with administrator':
      return l10n.t('Secret is with the administrator');
    case 'removed':
      return l10n.t('Removed from the tenant');
    case 'ready':
      return l10n.t('Ready');
    default:
      return status satisfies never;
  }
}

function daysWords(l10n: L10n, daysLeft: number | undefined): string | undefined {
  return daysLeft === undefined || daysLeft < 2 ? undefined : l10n.t('{0} days left', daysLeft);
}

/** What is behind a customer's name, so short that a side bar of 200 px does not cut the state off. */
export function shortWords(l10n: L10n, standing: Pick<Standing, 'status' | 'daysLeft'>): string {
  const { status, daysLeft = 0 } = standing;
  switch (status) {
    case 'unreadable':
      return l10n.t('Unreadable');
    case 'not set up':
      return l10n.t('New');
    case 'unfinished':
      return l10n.t('Unfinished');
    case 'removal unfinished':
      return l10n.t('Removing');
    case 'waiting for consent':
    case 'waiting for Exchange':
      return l10n.t('Waiting');
    case 'expired':
      return l10n.t('Expired');
    case 'renewing':
      return l10n.t('Renewing');
    case 'renewal overdue':
      return l10n.t('Overdue');
    case 'expiring':
      return daysLeft < 2 ? l10n.t('Last day') : l10n.t('{0} days', daysLeft);
    case 'broken':
      return l10n.t('Failing');
    case 'needs attention':
      return l10n.t('To check');
    case 'unverified':
      return l10n.t('Untested');
    case 'with administrator':
      return l10n.t('Elsewhere');
    case 'removed':
      return l10n.t('Removed');
    case 'ready':
      return l10n.t('Ready');
    default:
      return status satisfies never;
  }
}

/** The state, and how long the secret lasts. */
export const standingWords = (l10n: L10n, standing: Standing): string =>
  [statusWords(l10n, standing), daysWords(l10n, standing.daysLeft)]
    .filter((part) => part !== undefined)
    .join(' · ');

/** All of it, for a tooltip and a screen reader. */
export function customerWords(l10n: L10n, { customer, record }: ReadFiles, standing: Standing): string {
  return [
    standing.practice ? l10n.t('PRACTICE') : undefined,
    statusWords(l10n, standing),
    record?.tenant.domain ?? customer?.tenant,
    daysWords(l10n, standing.daysLeft),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

export function stageName(l10n: L10n, stage: Stage): string {
  switch (stage) {
    case 'registration':
      return l10n.t('App registration');
    case 'servicePrincipal':
      return l10n.t('Service principal');
    case 'permissions':
      return l10n.t('Graph permissions');
    case 'secret':
      return l10n.t('Client secret');
    case 'preferences':
      return l10n.t('Email preferences');
    case 'proof':
      return l10n.t('Token check');
    case 'verification':
      return l10n.t('Test email');
    default:
      return stage satisfies never;
  }
}

export function stateWords(l10n: L10n, state: StageState): string {
  switch (state) {
    case 'done':
      return l10n.t('Done');
    case 'missing':
      return l10n.t('Not done yet');
    case 'outdated':
      return l10n.t('Out of date');
    case 'interrupted':
      return l10n.t('Interrupted');
    case 'waiting':
      return l10n.t('Waiting for consent');
    case 'waiting for Exchange':
      return l10n.t('Waiting for Exchange');
    case 'elsewhere':
      return l10n.t('With the administrator');
    case 'failed':
      return l10n.t('Failed');
    case 'unclear':
      return l10n.t('Not confirmed');
    case 'expiring':
      return l10n.t('Expires soon');
    case 'expired':
      return l10n.t('Expired');
    default:
      return state satisfies never;
  }
}

/** What exists for a stage, such as the client id; `undefined` where nothing does. */
export function recordWords(
  l10n: L10n,
  stage: Stage,
  record: CustomerRecord | undefined,
): string | undefined {
  switch (stage) {
    case 'registration':
      return record?.application?.clientId;
    case 'servicePrincipal':
      return record?.servicePrincipal?.objectId;
    case 'permissions':
      return record?.grants.map(({ permission }) => permission).join(', ');
    case 'secret':
      return secretWords(l10n, record?.secret);
    case 'preferences':
      return record?.preferences?.file;
    case 'proof':
      return record?.proof && day(l10n, record.proof.at);
    case 'verification':
      return record?.verification?.recipients.map(({ address }) => address).join(', ');
    default:
      return stage satisfies never;
  }
}

function secretWords(l10n: L10n, secret: CustomerRecord['secret']): string | undefined {
  return secret && l10n.t('begins with {0}, until {1}', secret.hint, day(l10n, secret.expiresAt));
}

function day({ language }: L10n, instant: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(instant),
  );
}
