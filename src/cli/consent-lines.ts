import type { ConsentRequest } from '../core/setup/consent-request.ts';
import { heading, type Paint, type Shown } from './lines.ts';

/** The message as it is to be sent, from the margin: whoever copies it gets no blanks. */
export function consentLines({ message }: ConsentRequest, paint: Paint): Shown[] {
  const title = heading('Send this to the admin who can consent', paint);
  return [title, { text: paint.dim('-----') }, { text: message }, { text: paint.dim('-----') }];
}
