import * as vscode from 'vscode';
import type { Block, Press, Simple } from '../../../contract/set-up.ts';
import { repeatable } from '../draft.ts';
import {
  failureCard,
  movePress,
  otherWorld,
  type PageFacts,
  press,
  presses,
  type StageBody,
  sentence,
} from './page-facts.ts';
import { inputField, proposals } from './proposals.ts';

/** Three answers; everything else has a proposal that can be changed in place. */
export function customerStage(facts: PageFacts): StageBody {
  const { state, editing } = facts;
  if (state && !state.customer) return unreadable(state.problem);
  const elsewhere = otherWorld(facts);
  return {
    lead: state
      ? vscode.l10n.t('What is set up for this customer. Changes take effect with the next set-up.')
      : vscode.l10n.t('Three answers. Everything else has a proposal.'),
    blocks: [
      ...(state?.problem ? [failureCard(state.problem)] : []),
      ...(elsewhere?.blocks ?? []),
      ...restrictedCard(facts),
      ...answers(facts),
      ...placeProblem(facts),
      {
        kind: 'lines',
        title: vscode.l10n.t('More'),
        change: vscode.l10n.t('Change'),
        close: vscode.l10n.t('Close'),
        items: proposals(facts),
      },
    ],
    bar: {
      presses: elsewhere?.bar.presses ?? barPresses(facts),
      note:
        editing.changed && state
          ? vscode.l10n.t('Not saved yet')
          : vscode.l10n.t('Nothing is changed in the tenant.'),
    },
  };
}

function barPresses({ state, editing, run }: PageFacts): Press[] {
  const save = vscode.l10n.t('Save & Continue');
  const discard = press('discard', vscode.l10n.t('Discard Changes'));
  // What has to be mended first is the next action.
  if (state?.problem?.code === 'TA-PATH-OUTSIDE')
    return [press('choosePreferences', vscode.l10n.t('Choose File…'), true), movePress('correct')];
  if (state?.problem)
    return [movePress('correct', true), ...(editing.changed ? [press('continue', save), discard] : [])];
  const live = run !== undefined && run.end === undefined;
  const fits = state !== undefined || editing.folderProblem === '';
  const changed = live ? vscode.l10n.t('Save') : save;
  const on = press(
    'continue',
    state && editing.changed ? changed : vscode.l10n.t('Continue to Sign-In'),
    fits,
  );
  if (!state) return [on, press('adoptRegistration', vscode.l10n.t('Adopt a Registration…'))];
  const open = movePress('correct');
  if (editing.changed) return [on, discard, open];
  return live ? [open] : [on, open];
}

function unreadable(problem: NonNullable<PageFacts['state']>['problem']): StageBody {
  return {
    lead: vscode.l10n.t(
      'A file of this customer cannot be read. The page continues as soon as it is corrected.',
    ),
    blocks: problem ? [failureCard(problem)] : [],
    bar: { presses: [movePress('correct', true)], note: '' },
  };
}

function answers({ editing, practice }: PageFacts): Simple[] {
  const { lookup, values } = editing;
  const sender = practice.running
    ? 'ta@contoso.com'
    : `ta@${repeatable(values.tenant).includes('.') ? values.tenant : 'contoso.com'}`;
  const looked = {
    none: vscode.l10n.t('A domain of the Microsoft 365 tenant such as contoso.com, or the tenant ID.'),
    looking: vscode.l10n.t('Looking for the tenant…'),
    found: '',
    problem: '',
  };
  const found =
    lookup.kind === 'found' ? [sentence(vscode.l10n.t('Found in {0}.', lookup.cloud), 'good')] : [];
  const known =
    lookup.kind === 'problem' && lookup.known !== undefined
      ? [presses(press('useKnownDomain', vscode.l10n.t('Use {0}', lookup.known)))]
      : [];
  return [
    inputField(editing, 'name', vscode.l10n.t('Customer name'), vscode.l10n.t('As your colleagues know it.')),
    inputField(
      editing,
      'tenant',
      vscode.l10n.t('Tenant domain'),
      looked[lookup.kind],
      lookup.kind === 'problem' ? lookup.text : undefined,
    ),
    ...found,
    ...known,
    inputField(
      editing,
      'fromAddress',
      vscode.l10n.t('Sender address'),
      vscode.l10n.t(
        'The mailbox that T&A sends from, such as {0}: its user principal name, not an alias. A shared mailbox without a licence will do.',
        sender,
      ),
    ),
  ];
}

/** An existing customer of such a folder has no page. */
function restrictedCard({ state, trusted }: PageFacts): Block[] {
  if (state || trusted) return [];
  return [
    {
      kind: 'card',
      tone: 'note',
      title: vscode.l10n.t('The open folder is in Restricted Mode'),
      blocks: [
        sentence(
          vscode.l10n.t(
            'Its customer files are not used, and no new ones go into it. Trust the folder, or set this customer up in another one.',
          ),
        ),
        presses(press('manageTrust', vscode.l10n.t('Manage Workspace Trust'))),
      ],
    },
  ];
}

function placeProblem({ state, editing }: PageFacts): Block[] {
  if (state || editing.folderProblem === '') return [];
  return [
    {
      kind: 'card',
      tone: 'bad',
      title: vscode.l10n.t('The files cannot go into {0}', editing.folder),
      blocks: [
        sentence(editing.folderProblem),
        presses(
          ...(editing.ignorable ? [press('addIgnoreLine', vscode.l10n.t('Add the Line'), true)] : []),
          press('chooseFolder', vscode.l10n.t('Choose Folder…'), !editing.ignorable),
        ),
      ],
    },
  ];
}
