import { expect, test, vi } from 'vitest';
import { commands } from 'vscode';
import { entraAdvice } from '../../src/core/words/entra.ts';
import { exchangeAdvice } from '../../src/core/words/exchange.ts';
import { rehearsal } from '../../src/core/words/faces.ts';
import { Failure } from '../../src/core/words/failure.ts';
import { graphAdvice } from '../../src/core/words/graph.ts';
import { ownAdvice } from '../../src/core/words/own.ts';
import { leadsToMicrosoft } from '../../src/core/words/places.ts';
import { say } from '../../src/core/words/say.ts';
import { failureView } from '../../src/extension/mail-form/failure-view.ts';
import { portsOfForm } from '../../src/extension/mail-form/shell-ports.ts';
import { pageView } from '../../src/extension/set-up/views/page-view.ts';
import { OtherWorld } from '../../src/extension/shell/ports.ts';
import { showError } from '../../src/extension/shell/show-error.ts';
import { person, Uri } from '../support/fake-vscode.ts';
import { withRun } from '../support/page-facts.ts';
import { setUpStates } from '../support/set-up-states.ts';

const way = 'nothing named here exists at Microsoft. PRACTICE in the status bar leads to';
const advice = graphAdvice.CredentialTypeNotAllowedAsPerAppPolicy;

/** What a message says of a failure, and its buttons. */
async function toldOf(running: object | undefined) {
  const silent = { error: () => undefined };
  const shell = Object.assign(Object.create(null), {
    ...{ practice: { running }, log: silent, failures: { add: () => undefined } },
    runs: { customerOf: () => undefined },
  });
  await showError(
    shell,
    'renewSecret',
    new Failure({ code: 'X', message: say`No.`, doing: say`try`, advice }),
  );
  const { message = '', buttons = [] } = person.told.pop() ?? {};
  return { message, buttons };
}

test('who commands what is for the other world is led to the page, which has the way there, and is told nothing besides', async () => {
  const opened = vi.spyOn(commands, 'executeCommand').mockResolvedValue(undefined);
  const customer = Uri.file('/customers/contoso.ta-customer.json');
  person.told = [];
  for (const wanted of ['practice', 'production'] as const)
    expect(
      await showError(Object.create(null), 'sendTestEmail', new OtherWorld(wanted, customer as never)),
    ).toBe(false);
  expect(opened.mock.calls).toEqual([1, 2].map(() => ['_taExchange.openSetUpPage', customer, undefined]));
  opened.mockRestore();
  expect(person.told).toEqual([]);
});

test('a message that leads to Microsoft says in a rehearsal that nothing of it is there, and offers no address', async () => {
  const practised = await toldOf({});
  expect(practised.message).toContain(way);
  expect(practised.buttons).not.toContain('Copy Link');
  const real = await toldOf(undefined);
  expect(real.message).toBe(`No. ${advice.next} (X)`);
  expect(real.buttons).toContain('Copy Link');
});

test('the form says the same of an advice that leads to Microsoft', () => {
  const toldOnForm = (running: object | undefined): string => {
    const shell = Object.assign(Object.create(null), {
      ...{ practice: { running }, context: {}, customers: {}, log: {} },
    });
    const memory = { get: () => undefined, update: async () => undefined };
    const { coreWords } = portsOfForm(shell, async () => [], memory);
    const failure = new Failure({ code: 'X', message: say`No.`, doing: say`send`, advice });
    return failureView(failure, coreWords).next;
  };
  expect(toldOnForm({})).toContain(way);
  expect(toldOnForm(undefined)).toBe(String(advice.next));
});

test('what core has said of a rehearsal the page does not say again', () => {
  const line = `Look at Entra admin center > App registrations. ${rehearsal}`;
  const outcome = { tone: 'warn', title: 'Contoso Ltd needs action', lines: [line], ways: [] } as const;
  const facts = withRun({ outcome, end: { kind: 'done' } }, { practice: { running: true, problems: [] } });
  const { blocks } = pageView(facts).stages.find(({ name }) => name === 'changes') ?? {};
  expect(JSON.stringify(blocks)).toContain(String(rehearsal));
  expect(JSON.stringify(blocks)).not.toContain(way);
});

/** Addresses of Microsoft's portals, and its PowerShell. */
const atMicrosoft =
  /https:\/\/(?:entra|admin|admin\.exchange|security)\.microsoft\.|portal\.azure|aka\.ms|(?:Entra|Exchange) admin center|PowerShell/;

test('in a rehearsal each stage that names a place at Microsoft says that nothing of it is there, and outside it none does', () => {
  const shown = [true, false].flatMap((running) =>
    Object.entries(setUpStates(0)).flatMap(([name, facts]) =>
      pageView({ ...facts, practice: { running, problems: [] } }).stages.map(({ blocks, title }) => ({
        where: `${name}, ${title}, ${running}`,
        practised: running || facts.state?.record?.kind === 'practice',
        text: JSON.stringify(blocks),
      })),
    ),
  );
  const named = shown.filter(({ text }) => atMicrosoft.test(text));
  const told = shown.filter(({ text }) => text.includes(way));
  expect(named.length).toBeGreaterThan(5);
  expect(told.map(({ where }) => where)).toEqual(
    named.filter(({ practised }) => practised).map(({ where }) => where),
  );
});

test.each(Object.entries({ ...entraAdvice, ...graphAdvice, ...exchangeAdvice, ...ownAdvice }))(
  'what to do about %s is told a practice customer with the way of the practice tenant',
  (code, advice) => {
    const failure = new Failure({ code, message: say`No.`, doing: say`try`, advice });
    const shown = (running: boolean) =>
      JSON.stringify(
        pageView(withRun({ end: { kind: 'failed', failure } }, { practice: { running, problems: [] } }))
          .stages,
      );
    expect(shown(true)).toContain(JSON.stringify(String(advice.next.in({}, 'page'))).slice(1, -1));
    if (leadsToMicrosoft(advice.next)) expect(shown(true)).toContain(way);
    expect(shown(false)).not.toContain(way);
  },
);
