import type { MailProgress } from '../core/mail/progress.ts';
import { bytes, seconds } from './figures.ts';
import { done, heading, type Paint, passing, type Shown, waiting } from './lines.ts';

const steps: Readonly<Record<MailProgress['step'], string>> = {
  token: 'Token Endpoint: a token of the app itself',
  user: 'User Endpoint: the sender',
  draft: 'User Messages Endpoint: the draft',
  attachment: 'Attachment',
  send: 'Draft User Message Endpoint: sent',
};

/** T&A's exchange with Microsoft, endpoint by endpoint. */
export function mailLines(progress: MailProgress, paint: Paint): Shown[] {
  switch (progress.state) {
    case 'started': {
      const first = progress.step === 'token' ? [heading('Verification mail, as T&A sends it', paint)] : [];
      return [...first, passing(stepText(progress))];
    }
    case 'progress':
      return [passing(`${stepText(progress)} ${Math.floor((progress.sent / progress.total) * 100)} %`)];
    case 'waiting':
      return [waiting('Exchange does not know the new permissions yet', progress.ms, paint)];
    case 'done':
      return [done(`${stepText(progress)} (${answerText(progress.status)}, ${seconds(progress.ms)})`, paint)];
    default:
      return progress satisfies never;
  }
}

/** A step whose answer was lost ends with the answer to a look at what became of it, which may well be a 404. */
function answerText(status: number): string {
  return status < 300 ? `HTTP ${status}` : 'no answer, but found to be done';
}

function stepText(progress: MailProgress): string {
  if (progress.step !== 'attachment' || progress.state === 'waiting') return steps[progress.step];
  return `Attachment ${progress.name ?? ''}, ${bytes(progress.total ?? 0)}`;
}
