import { errors } from '../core/advice/errors.ts';
import { Secret } from '../core/secret.ts';
import type { Terminal } from './terminal.ts';
import { usageFailure } from './usage-failure.ts';

/** Asks for a value that is not shown while it is typed. Nobody there: exit code 3, `otherwise` says what to do instead. */
export async function askSecret(
  message: string,
  { interactive }: Terminal,
  otherwise: string,
): Promise<Secret> {
  if (!interactive) throw usageFailure(`Nobody can be asked here for a secret value. ${otherwise}`);
  const { isCancel, password } = await import('@clack/prompts');
  const answer = await password({ message });
  if (isCancel(answer)) throw errors.cancelled('Nothing was written.', { doing: 'ask for a secret value' });
  return new Secret(answer ?? '');
}
