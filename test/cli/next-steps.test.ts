import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CheckDocument } from '../../src/core/check/checked.ts';
import { mendingOf } from '../../src/core/check/finding.ts';
import { commands } from '../../src/core/check/pipeline/tell.ts';
import { isToDo } from '../../src/core/customer/last-check.ts';
import { addPerson, findPerson, removePerson, sender } from '../../src/practice/people.ts';
import type { State } from '../../src/practice/state.ts';
import type { PracticeTenantOptions } from '../../src/practice/tenant.ts';
import { byHand, working } from '../support/adopting.ts';
import { contoso, customerName, preferencesName, recordName } from '../support/customer-folder.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { type ServedPractice, servedPractice } from '../support/served-practice.ts';

const dayMs = 24 * 3_600_000;

type Stage = readonly [ServedPractice, ReturnType<typeof fakeClock>];

/** T&A's screen, copied as text; what hides the secret hides it there too. */
const pasted = (tenantId: string, clientId: string, secret: string): string =>
  [
    `Tenant ID: ${tenantId}\nClient ID: ${clientId}\nFrom name: ${contoso.mail.fromName}`,
    `From email address: ${contoso.mail.fromAddress}\nClient Secret: ${secret}`,
    'Graph API Endpoint: https://graph.microsoft.com/v1.0',
  ].join('\n');

type Source = 'client id' | 'preferences with the secret' | 'preferences without it';

/** Adopts once for each, one after the other. */
const adopted =
  (sources: readonly Source[], permissions: readonly string[]) =>
  async ([practice]: Stage): Promise<void> => {
    const { application, secret } = byHand(practice, permissions);
    const clientId = application.appId;
    for (const source of sources) {
      const shown = source === 'preferences with the secret' ? secret : '••••••••';
      await practice.folder.write('ta.txt', pasted(practice.state.organization.id, clientId, shown));
      const from = source === 'client id' ? ['--client-id', clientId] : ['--preferences', 'ta.txt'];
      const run = await practice.cli('adopt', customerName, ...from, '--yes');
      expect(run).toMatchObject({ code: 0, stderr: '' });
    }
  };

const renewed = async ([{ onboard, cli }, clock]: Stage): Promise<void> => {
  await onboard();
  clock.advance(dayMs);
  expect((await cli('renew', customerName, '--yes')).code).toBe(0);
};

const sources: readonly (readonly Source[])[] = [
  ['client id'],
  ['preferences without it'],
  ['preferences with the secret'],
  ['client id', 'preferences with the secret'],
];

/** Whatever a command can leave. */
const left: readonly (readonly [string, (stage: Stage) => Promise<unknown>])[] = [
  ...sources.flatMap((each) =>
    [working, working.slice(0, 3)].map(
      (held) =>
        [`adopt by ${each.join(', then ')}, with ${held.length} permissions`, adopted(each, held)] as const,
    ),
  ),
  ['renew, and nothing after it', renewed],
  [
    'renew, and a refused finish',
    async (stage) => {
      await renewed(stage);
      expect((await stage[0].cli('renew', customerName, '--finish')).code).not.toBe(0);
    },
  ],
  [
    'renew, and all secrets removed in the portal',
    async (stage) => {
      await renewed(stage);
      stage[1].advance(dayMs);
      for (const { secrets } of stage[0].state.applications) secrets.splice(0);
    },
  ],
  [
    'renew, and the record lost',
    async (stage) => {
      await renewed(stage);
      await rm(join(stage[0].folder.path, recordName));
    },
  ],
  [
    'renew, and the preferences lost',
    async (stage) => {
      await renewed(stage);
      await rm(join(stage[0].folder.path, preferencesName));
    },
  ],
  [
    'a removal that was stopped',
    async ([{ state, onboard, cli }]) => {
      await onboard();
      const body = { error: { code: 'Request_BadRequest' } };
      state.faults.rules.push({
        path: /\/applications\/[^/]+$/,
        answer: { kind: 'status', status: 400, body },
      });
      expect((await cli('remove', customerName, '--confirm', contoso.name)).code).toBe(1);
      state.faults.rules.pop();
    },
  ],
];

const answers: Readonly<Record<string, readonly string[]>> = {
  onboard: ['--yes', '--to', 'robin@contoso.com'],
  renew: ['--yes'],
  remove: ['--confirm', contoso.name],
};

/** A command with what an advice adds to it: `(onboard --adopt ID)`, `add --adopt ID`. */
function withAdded(command: readonly string[], advice: string): readonly string[] {
  const [added] = /--adopt [0-9a-f-]{36}/.exec(advice) ?? [];
  return added && !command.includes('--adopt') ? [...command, ...added.split(' ')] : command;
}

/** What the administrator does in the portal: away with every secret but that of the preferences file. */
async function cleanUp({ state, folder }: ServedPractice): Promise<void> {
  const { clientSecret } = JSON.parse(await folder.read(preferencesName)).connection;
  for (const { secrets } of state.applications)
    secrets.splice(0, secrets.length, ...secrets.filter(({ hint }) => clientSecret.startsWith(hint)));
}

/** The next thing to do by a check; `undefined` where nothing is to be done. */
async function nextBy(practice: ServedPractice): Promise<readonly string[] | 'portal' | undefined> {
  const { stdout } = await practice.cli('check', customerName, '--json', '--fresh');
  const toDo = CheckDocument.parse(JSON.parse(stdout)).customers[0]?.findings.filter(isToDo) ?? [];
  const [first] = toDo;
  if (!first) return undefined;
  const again = /set up this customer again/.test(first.next ?? '') ? 'set up' : undefined;
  const mending = mendingOf(toDo) ?? again;
  if (mending === undefined && first.code === 'application-credentials') return 'portal';
  if (mending === undefined) expect.fail(`No command mends ${first.code}: ${first.text} ${first.next}`);
  const [name, ...flags] = commands[mending];
  return withAdded([name, customerName, ...flags, ...(answers[name] ?? [])], first.next ?? '');
}

/** Where the command is refused because something wants to be confirmed, it is confirmed as the refusal says. */
async function follow({ cli }: ServedPractice, command: readonly string[]) {
  const run = await cli(...command);
  const confirmed = withAdded(command, run.code === 0 ? '' : run.stderr);
  return confirmed === command ? run : await cli(...confirmed);
}

test.each(left)(
  'after %s, the commands that are named lead to a customer without a finding',
  async (_, leave) => {
    const clock = fakeClock();
    await using practice = await servedPractice({ clock, lagFactor: 0 });
    await leave([practice, clock]);
    const done: string[] = [];
    for (let next = await nextBy(practice); next !== undefined; next = await nextBy(practice)) {
      expect(done, 'an advice that leads back').not.toContain(String(next));
      done.push(String(next));
      const run = next === 'portal' ? await cleanUp(practice) : await follow(practice, next);
      expect(run ?? { code: 0, stderr: '' }, done.join('\n')).toMatchObject({ code: 0, stderr: '' });
      clock.advance(dayMs);
    }
    expect(done.length).toBeLessThan(4);
  },
);

test('where the tenant wants a service management reference, the advice leads to a customer that is set up', async () => {
  await using practice = await servedPractice({ lagFactor: 0 });
  const error = { code: 'ServiceTreeValueMissing', message: 'ServiceManagementReference field is required.' };
  const answer = { kind: 'status', status: 400, body: { error } } as const;
  practice.state.faults.rules.push({ method: 'PATCH', path: /\/applications\(uniqueName/, answer });
  expect((await practice.onboard()).stderr).toContain('Then run the set-up with --adopt and its client id.');
  const { application } = byHand(practice, []);
  const adopted = await practice.onboard('--adopt', application.appId);
  expect(adopted).toMatchObject({ code: 0, stderr: '' });
});

/** The field of the customer file that a refused set-up names, and its value. An address that is to be added first is added. */
function fieldToSet(said: string, state: State): readonly [string, string] | undefined {
  const [, added, it] =
    /add (\S+) to the mailbox as an email address and set "([\w.]+)" to it/.exec(said) ?? [];
  if (added && it) {
    removePerson(state, findPerson(state, added));
    addPerson(state, { ...onlyAdmin, aliases: [added] });
    return [it, added];
  }
  const [, field, value] = /Set "([\w.]+)" to "?([^\s"]+?)"?[.,]? /.exec(said) ?? [];
  return field && value ? [field, value] : undefined;
}

function withField(customer: object, path: string, value: string): object {
  const [name = '', ...deeper] = path.split('.');
  const held = Object(Object(customer)[name]);
  const set = deeper.length > 0 ? withField(held, deeper.join('.'), value) : Number(value) || value;
  return { ...customer, [name]: set };
}

const alias = { ...contoso, mail: { ...contoso.mail, fromAddress: 'time@contoso.com' } };
const onlyAdmin = { ...sender, userPrincipalName: 'ta@contoso.onmicrosoft.com', mail: 'ta@contoso.com' };

test.each<[string, object, PracticeTenantOptions['scenarios'], ((state: State) => void)?]>([
  ['a secret that lives too long', contoso, ['secret-lifetime-limited']],
  ['an address that is an alias', alias, []],
  ['an alias, and a secret that lives too long', alias, ['secret-lifetime-limited']],
  [
    'a mailbox whose user name is another address',
    contoso,
    [],
    (state) => {
      removePerson(state, findPerson(state, 'ta@contoso.com'));
      addPerson(state, onlyAdmin);
    },
  ],
])(
  'what a set-up refused for %s names is set in the file as named, and no field twice',
  async (_, customer, scenarios = [], prepare = () => {}) => {
    await using practice = await servedPractice({ customer, scenarios, lagFactor: 0 });
    prepare(practice.state);
    const done = new Set<string>();
    let run = await practice.onboard();
    for (let asked = customer; run.code !== 0; run = await practice.onboard()) {
      const named = fieldToSet(run.stderr.replaceAll(/\s+/g, ' '), practice.state);
      if (!named) return expect.fail(`No field is named: ${run.stderr}`);
      expect(done, 'an advice that leads back').not.toContain(named[0]);
      done.add(named[0]);
      asked = withField(asked, ...named);
      await practice.folder.write(customerName, JSON.stringify(asked));
    }
    expect(done.size).toBeGreaterThan(0);
  },
);
