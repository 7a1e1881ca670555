import * as vscode from 'vscode';
import type { Place } from '../ask/box.ts';
import type { Shell } from '../shell/shell.ts';
import type { CustomerDraft } from './draft.ts';
import { askFilePlace } from './file-place.ts';
import { wizardSteps } from './steps.ts';

export interface Answers {
  readonly draft: CustomerDraft;
  readonly uri: vscode.Uri;
}

/** All questions, forth and back. `keep` is called after each, with the answers so far. */
export async function askAll(
  begun: CustomerDraft,
  shell: Shell,
  keep: (draft: CustomerDraft) => Promise<void>,
): Promise<Answers> {
  let draft = begun;
  for (let at = 0; ; ) {
    const step = wizardSteps[at];
    if (!step) {
      const place = await askFilePlace(draft.name ?? '', placeOf(at));
      if (place.kind === 'value') return { draft, uri: place.value };
      at -= 1;
      continue;
    }
    const end = await step(draft, placeOf(at), shell);
    draft = end.draft;
    await keep(draft);
    at += end.back ? -1 : 1;
  }
}

const placeOf = (at: number): Place => ({
  title: vscode.l10n.t('Set Up Customer'),
  step: at + 1,
  totalSteps: wizardSteps.length + 1,
});
