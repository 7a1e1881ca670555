import { type Channel, Refusal } from '../src/contract/channel.ts';
import type { fromPage, Problem } from '../src/contract/messages.ts';
import type { DraftStore } from './state.ts';
import type { PageTexts } from './texts.ts';
import type { Model } from './views/model.ts';

/** What the actions work on. */
export interface Board {
  readonly host: Pick<Channel<typeof fromPage>, 'ask' | 'tell'>;
  readonly store: DraftStore;
  readonly texts: PageTexts;
  model(): Model;
  /** Shows the change at once. */
  update(part: Partial<Model>): void;
  focusField(field: Problem['field'] | undefined): void;
}

/** Waits for the host; where it refuses, the page says why and the answer is `undefined`. */
export async function attempt<T>({ update, texts }: Board, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const { message, hint } = error instanceof Refusal ? error : { message: '', hint: '' };
    const told = [message, hint].filter((text) => text !== '').join(' ');
    update({ alert: told === '' ? texts.strings.unexpected : told });
    return undefined;
  }
}
