import type { Change, Plan } from '../../core/setup/change.ts';
import type { Finding } from '../../core/setup/finding.ts';
import { titleOf } from '../../core/setup/titles.ts';
import { plain } from '../../core/words/say.ts';
import { detail, heading, type Paint, type Shown } from './lines.ts';

export function findingLines(findings: readonly Finding[], paint: Paint): Shown[] {
  const marks = {
    good: paint.green('✔'),
    note: paint.yellow('!'),
    later: paint.yellow('!'),
    blocks: paint.red('✖'),
  };
  const lines = findings.flatMap(({ level, what, who, next }) => [
    { text: `  ${marks[level]} ${plain(what)}` },
    ...(next ? [detail(`${who}: ${next}`, paint)] : []),
  ]);
  return [heading('Pre-flight', paint), ...lines];
}

export function planLines({ changes, tenant }: Plan, paint: Paint): Shown[] {
  const title = heading(`Plan for ${tenant.displayName} (${tenant.domain})`, paint);
  if (changes.length === 0) return [title, { text: '  Nothing to do: everything is as wanted.' }];
  const lines = changes.flatMap((change, index) => [
    { text: `  ${index + 1}. ${titleOf(change)}` },
    ...detailsOf(change).map((text) => detail(text, paint)),
  ]);
  return [title, ...lines];
}

function detailsOf(change: Change): string[] {
  switch (change.kind) {
    case 'register-application':
      return [`"${change.displayName}", single tenant`];
    case 'grant-permissions': {
      const by =
        change.by === 'us' ? [] : ['by a Global or Privileged Role Administrator, with a link you get'];
      return [...by, ...change.permissions.map(({ value, reason }) => `${value.padEnd(20)} ${reason}`)];
    }
    case 'remove-grants':
      return [
        ...change.grants.map(({ permission }) => permission),
        ...(change.surplus
          ? []
          : [
              'T&A sends no mail from then on until Exchange knows the mailbox scope: have its script run first',
            ]),
      ];
    case 'remove-client-secret':
      return [`"${change.displayName}"`];
    case 'add-client-secret':
      return [`good for ${change.lifetimeDays} days, until ${change.expiresAt.slice(0, 10)}`];
    case 'write-preferences':
      return [change.file];
    case 'add-service-principal':
      return [];
    default:
      return change satisfies never;
  }
}
