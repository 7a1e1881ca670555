import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { Customer } from '../../../src/core/customer/customer.ts';
import { exchangeRemovalFileOf, renewalFilesOf } from '../../../src/core/customer/file-names.ts';
import { exists } from '../../../src/core/files/target.ts';
import { oldFileOf } from '../../../src/core/preferences/preferences-file.ts';
import { Failure } from '../../../src/core/words/failure.ts';
import { adoption, byHand, customerFileOf, pasted } from '../../support/adopting.ts';
import { type Onboarding, onboarding } from '../../support/onboarding.ts';
import { removal } from '../../support/removing.ts';
import { dayMs, type Renewing, renewing } from '../../support/renewing.ts';
import { scopedCustomer } from '../../support/scoped-customer.ts';

/** `between`: what happens while the person is asked, after everything was looked at. */
type Run = (between?: () => Promise<void>) => Promise<{ readonly failure?: unknown }>;

interface Begun<Story extends Onboarding = Onboarding> {
  readonly story: Story;
  readonly run: Run;
}

const agreeing = (between?: () => Promise<void>) => ({
  async confirm() {
    await between?.();
    return true;
  },
});

async function toOnboard(): Promise<Begun> {
  const story = await onboarding();
  return { story, run: (between) => story.run(agreeing(between)) };
}

async function toRenew(): Promise<Begun<Renewing>> {
  const story = await renewing();
  return { story, run: (between) => story.renew(agreeing(between)) };
}

async function toFinish(): Promise<Begun> {
  const { story, run } = await toRenew();
  expect((await run()).failure).toBeUndefined();
  story.clock.advance(dayMs);
  return { story, run: (between) => story.finish(agreeing(between)) };
}

async function toRemove(): Promise<Begun> {
  const story = await onboarding();
  expect((await story.run({ signIn: story.signInOnce })).failure).toBeUndefined();
  story.clock.advance(60_000);
  story.customer = Customer.parse(scopedCustomer);
  const asking = (between?: () => Promise<void>) => ({
    async askName() {
      await between?.();
      return story.customer.name;
    },
  });
  return { story, run: (between) => removal(story, { preferences: true }, asking(between)) };
}

async function toAdopt(): Promise<Begun> {
  const story = await onboarding();
  const { application, secret } = byHand(story);
  const from = { kind: 'preferences', found: pasted(story, application.appId, secret) } as const;
  return { story, run: (between) => adoption(story, from, agreeing(between)) };
}

type FilesOf = (files: Onboarding['files'], story: Onboarding) => readonly string[];
const shared: FilesOf = ({ record, preferences }) => [record, preferences, oldFileOf(preferences)];
const papers: FilesOf = ({ record }) => Object.values(renewalFilesOf(record));
const script: FilesOf = ({ record }) => [exchangeRemovalFileOf(record)];

/** Every file that a story writes or removes. A new one is a new entry. */
const stories: readonly (readonly [string, () => Promise<Begun>, readonly FilesOf[]])[] = [
  ['a set-up', toOnboard, [shared]],
  ['a renewal', toRenew, [shared, papers]],
  ['the end of a renewal', toFinish, [shared]],
  ['a removal', toRemove, [shared, script]],
  ['an adoption', toAdopt, [shared, (_files, story) => [customerFileOf(story)]]],
];

const filesOf = (story: Onboarding, kinds: readonly FilesOf[]): string[] =>
  kinds.flatMap((kind) => kind(story.files, story));

/** What someone leaves where a file goes; what was there is moved away first. */
const planted: Readonly<Record<string, (path: string, elsewhere: string) => Promise<unknown>>> = {
  'a link to a file elsewhere': (path, elsewhere) => symlink(elsewhere, path),
  'a link to nothing': (path, elsewhere) => symlink(`${elsewhere}.none`, path),
  'a folder': (path) => mkdir(path),
};

async function plantAt(path: string, kind: string): Promise<string> {
  const elsewhere = join(dirname(path), 'elsewhere');
  if (await exists(path)) await rename(path, elsewhere);
  else await writeFile(elsewhere, '{}');
  await planted[kind]?.(path, elsewhere);
  return elsewhere;
}

const isWrite = (line: string): boolean => !/^ *GET |^POST \/v1\.0\/\$batch$/.test(line);

const cells = stories.flatMap(([name, begin, kinds]) =>
  Object.keys(planted).map((kind) => [name, kind, begin, kinds] as const),
);

test.each(cells)(
  '%s changes nothing where %s is in the place of one of its files',
  async (_name, kind, begin, kinds) => {
    const { story } = await begin();
    for (let at = 0; at < filesOf(story, kinds).length; at += 1) {
      const begun = await begin();
      const path = filesOf(begun.story, kinds)[at] ?? '';
      const elsewhere = await plantAt(path, kind);
      const before = await readFile(elsewhere, 'utf8');
      begun.story.requests();
      const { failure } = await begun.run();
      expect(failure, path).toBeInstanceOf(Failure);
      expect(failure, path).toMatchObject({ exitCode: 3, message: expect.stringContaining(path) });
      expect(begun.story.requests().filter(isWrite), path).toEqual([]);
      expect(await readFile(elsewhere, 'utf8')).toBe(before);
    }
  },
);

test.each<[string, () => Promise<Begun>, FilesOf]>([
  ['a renewal', toRenew, papers],
  ['a removal', toRemove, script],
])(
  'what comes into the place of a file of %s while it runs ends it with the truth',
  async (_name, begin, kind) => {
    const { story, run } = await begin();
    const [path = ''] = filesOf(story, [kind]);
    const { failure } = await run(() => plantAt(path, 'a folder').then(() => undefined));
    expect(story.requests().filter(isWrite)).not.toEqual([]);
    if (!(failure instanceof Failure)) throw new Error('it did not fail');
    expect(failure.message).toContain(path);
    expect(`${failure.message} ${failure.advice.cause} ${failure.advice.next}`).not.toMatch(/[Nn]othing was/);
    expect(failure.exitCode).toBe(1);
  },
);

test.each(stories)(
  '%s takes away what a dead run left beside its files: a secret may be in it',
  async (_name, begin, kinds) => {
    const { story, run } = await begin();
    const left = filesOf(story, kinds).map((path) =>
      join(dirname(path), `.${basename(path)}.ta-${2 ** 22 + 1}-0123456789ab.tmp`),
    );
    for (const path of left) await writeFile(path, 'half a file');
    expect((await run()).failure).toBeUndefined();
    const names = await readdir(dirname(story.files.record));
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  },
);
