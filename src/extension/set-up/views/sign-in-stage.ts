import * as vscode from 'vscode';
import type { Block, Press } from '../../../contract/set-up.ts';
import type { Failure } from '../../../core/words/failure.ts';
import { plain } from '../../../core/words/say.ts';
import { coreWords } from '../../core-words.ts';
import { repeatable } from '../draft.ts';
import type { SignInState } from '../run-state.ts';
import {
  endCard,
  failedIn,
  noBar,
  otherWorld,
  type PageFacts,
  press,
  presses,
  type StageBody,
  sentence,
  waysOut,
} from './page-facts.ts';

/** The code and the browser beside each other, until an admin is signed in. */
export function signInStage(facts: PageFacts): StageBody {
  const { run } = facts;
  const failure = failedIn(facts, 'signIn');
  if (failure) return { lead: '', blocks: endCard(facts, 'signIn'), bar: waysOut(failure, run?.command) };
  // Azure asks for a sign-in of its own, after that of the administrator.
  if (run?.admin && !run.signIn) {
    const { displayName, userPrincipalName } = run.admin;
    const who = vscode.l10n.t('Signed in as {0} ({1}).', plain(displayName), plain(userPrincipalName));
    return { lead: who, blocks: [], bar: noBar };
  }
  const tenant = facts.state?.customer?.tenant ?? repeatable(facts.editing.values.tenant);
  if (!run || run.end) return notBegun(facts, tenant);
  const lead =
    run.signIn?.access === 'azure'
      ? vscode.l10n.t('Someone with a role in the Azure subscription of {0} signs in.', tenant)
      : leadFor(tenant);
  const next = run.wantsBrowser
    ? sentence(vscode.l10n.t('The browser opens as soon as the tenant is found.'))
    : browserCard();
  const looking = [sentence(run.says ?? vscode.l10n.t('Looking up the tenant…')), ...waitLine(facts), next];
  return {
    lead,
    blocks: run.signIn ? waysOf(run.signIn) : looking,
    bar: {
      presses: [press('cancel', vscode.l10n.t('Cancel'))],
      note: run.signIn ? vscode.l10n.t('Waiting for the administrator') : '',
    },
  };
}

const leadFor = (tenant: string): string =>
  vscode.l10n.t('An administrator of {0} signs in. Nothing is changed yet.', tenant);

function notBegun(facts: PageFacts, tenant: string): StageBody {
  const { state } = facts;
  const elsewhere = otherWorld(facts);
  if (elsewhere) return elsewhere;
  const start = press('continue', vscode.l10n.t('Sign In'), true);
  if (tenant === '') {
    const lead = vscode.l10n.t('Once you have named the customer, an administrator signs in here.');
    return { lead, blocks: [], bar: noBar };
  }
  return { lead: leadFor(tenant), blocks: [], bar: { presses: state ? [start] : [], note: '' } };
}

const browserPress = (primary: boolean): Press =>
  press('signInByBrowser', vscode.l10n.t('Sign In by Browser'), primary);

function waysOf(signIn: SignInState): Block[] {
  switch (signIn.way) {
    case 'device code':
      return [codeCard(signIn), browserCard()];
    case 'browser':
      return [openedCard()];
    case 'refused':
      return [refusedCard(signIn.refusal)];
    default:
      return signIn satisfies never;
  }
}

function codeCard({ userCode, page, expiresAt }: Extract<SignInState, { way: 'device code' }>): Block {
  return {
    kind: 'card',
    tone: 'plain',
    title: vscode.l10n.t('With a code, on any device'),
    blocks: [
      { kind: 'code', label: vscode.l10n.t('Code'), code: userCode },
      sentence(vscode.l10n.t('Enter it at {0}', page)),
      { kind: 'clock', text: vscode.l10n.t('Expires in {0}'), at: expiresAt, counts: 'down' },
      presses(
        press('copyCode', vscode.l10n.t('Copy Code & Open Browser'), true),
        press('copyAdminText', vscode.l10n.t('Copy Text for the Administrator')),
      ),
    ],
  };
}

function browserCard(): Block {
  const why = vscode.l10n.t(
    'For tenants that do not allow codes, and when the administrator sits beside you.',
  );
  return {
    kind: 'card',
    tone: 'plain',
    title: vscode.l10n.t('In the browser of this computer'),
    blocks: [sentence(why), presses(browserPress(false))],
  };
}

function openedCard(): Block {
  const ways = presses(
    press('signInByBrowser', vscode.l10n.t('Open the Page Again'), true),
    press('signInByCode', vscode.l10n.t('Sign In with a Code')),
  );
  return {
    kind: 'card',
    tone: 'plain',
    title: vscode.l10n.t('Continue in the browser'),
    blocks: [
      sentence(vscode.l10n.t('A sign-in page was opened. Set-up continues as soon as you are signed in.')),
      ways,
    ],
  };
}

/** The way out stays in place, until it is taken. */
function refusedCard({ words, advice, code }: Failure): Block {
  return {
    kind: 'card',
    tone: 'warn',
    title: vscode.l10n.t('This tenant does not allow sign-in with a code'),
    blocks: [
      sentence(vscode.l10n.t('Sign in by browser instead. It is still the same set-up.')),
      presses(browserPress(true), press('signInByCode', vscode.l10n.t('Sign In with a Code'))),
      sentence(`${coreWords(words)} ${coreWords(advice.cause)} (${code})`, 'muted'),
    ],
  };
}

/** Why nothing happens, and until when. */
export function waitLine({ run }: Pick<PageFacts, 'run'>): Block[] {
  if (!run?.wait || run.end || run.consent || run.exchange !== undefined) return [];
  const { reason, until } = run.wait;
  const why = typeof reason === 'string' ? reason : reason ? coreWords(reason) : '';
  return [
    ...(why === '' ? [] : [sentence(why, 'warn')]),
    { kind: 'clock', text: vscode.l10n.t('Trying again in {0}'), at: until, counts: 'down' },
  ];
}
