import type { Finding } from '../../core/setup/finding.ts';
import type { Plan } from '../../core/setup/plan.ts';
import { detailsOf, titleOf } from '../../core/setup/steps.ts';
import { people } from '../../core/words/failure.ts';
import { plain, say } from '../../core/words/say.ts';
import { detail, heading, type Paint, type Shown } from './lines.ts';

export function findingLines(findings: readonly Finding[], paint: Paint): Shown[] {
  const marks = {
    good: paint.green('✔'),
    note: paint.yellow('!'),
    later: paint.yellow('!'),
    blocks: paint.red('✖'),
  };
  const lines = findings.flatMap(({ level, what, who, next }) => [
    { text: `  ${marks[level]} ${plain(String(what))}` },
    ...(next ? [detail(who ? say`${people[who]}: ${next}` : next, paint)] : []),
  ]);
  return [heading('Pre-flight', paint), ...lines];
}

export function planLines(
  { changes, tenant }: Plan,
  paint: Paint,
  nothing = 'Everything is set up correctly. Nothing to do.',
): Shown[] {
  // Of a tenant that no administrator looked at nothing is known but what it was asked for by.
  const domain = tenant.domain === tenant.displayName ? '' : ` (${tenant.domain})`;
  const title = heading(`Plan for ${tenant.displayName}${domain}`, paint);
  if (changes.length === 0) return [title, { text: `  ${nothing}` }];
  const lines = changes.flatMap((change, index) => [
    { text: `  ${index + 1}. ${titleOf(change)}` },
    ...detailsOf(change).map((words) => detail(String(words), paint)),
  ]);
  return [title, ...lines];
}
