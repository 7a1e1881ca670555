import { Failure } from '../advice/failure.ts';
import { row } from '../advice/row.ts';
import { plain, type Sentence } from '../words/say.ts';
import type { Finding } from './finding.ts';

/** Failures that only setting up can meet. */
export const setUpFailures = {
  /** The same failure, and what is there now. */
  withExisting(failure: Failure, exists: Sentence): Failure {
    return failure.retold({ message: `${failure.message} ${exists}` });
  },

  /** `cause`: why the new secret is in no file. `removed`: whether it could be removed again in the tenant. */
  secretNotKept(
    { message, advice, code, doing, exitCode, cause }: Failure,
    { displayName, keyId }: { readonly displayName: string; readonly keyId: string },
    removed: boolean,
  ): Failure {
    const name = `The new client secret "${plain(displayName)}" (key ID ${plain(keyId)})`;
    const fate = removed ? 'was deleted again in the tenant.' : 'is valid in the tenant but stored nowhere.';
    const portal =
      'The next run deletes this secret and creates another one. If there is no next run, delete it yourself: Entra admin center > App registrations > the application > Certificates & secrets.';
    return new Failure({
      code,
      doing,
      exitCode,
      cause,
      message: `${message} ${name} ${fate}`,
      advice: removed ? advice : { ...advice, next: `${advice.next} ${portal}` },
    });
  },

  blocked(findings: readonly Finding[]): Failure {
    const blocking = findings.filter(({ level }) => level === 'blocks');
    const [first, ...more] = blocking;
    const also = more.length > 0 ? ` (and ${more.length} more)` : '';
    return new Failure({
      code: 'TA-BLOCKED',
      message: `Nothing was changed: ${first?.what ?? 'the pre-flight found an obstacle.'}${also}`,
      doing: 'check beforehand',
      advice: {
        cause: 'The pre-flight found something that would have made the set-up fail half-way.',
        who: first?.who ?? 'you',
        next: blocking.map(({ next }) => next ?? '').join(' '),
        retry: 'no',
      },
    });
  },

  adoptMissing(clientId: string): Failure {
    return new Failure({
      code: 'TA-ADOPT-MISSING',
      message: `The tenant has no application with the client id ${plain(clientId)}. Nothing was changed.`,
      doing: 'look for the application to adopt',
      exitCode: 3,
      advice: row(
        'It was deleted, or the client id belongs to another tenant.',
        'you',
        'Compare the client id with the Entra admin center > App registrations > All applications.',
      ),
    });
  },

  /** `more`: what nobody agreed to. */
  moreOnApplication(more: readonly string[]): Failure {
    return new Failure({
      code: 'TA-ADOPT-CHANGED',
      message: `Someone changed the application after you agreed to adopt it, so nothing was changed. New on it: ${more.map(plain).join('; ')}.`,
      doing: 'look at the application before changing it',
      advice: row(
        'What you agreed to was the list that was shown to you. There is more on the application now.',
        "the customer's admin",
        'Find out who added it and why. Then run this again and read the list again.',
      ),
    });
  },

  /** It was carried out, but what came back does not fit into our files; a secret that came so is removed again. */
  unusableAnswer(doing: Sentence, facts: { status: number; requestId: string | undefined }): Failure {
    return new Failure({
      code: 'TA-ANSWER-UNUSABLE',
      message: "Microsoft's answer is not usable, so nothing of it was kept.",
      doing,
      ...facts,
      doubt: true,
      advice: row(
        'Microsoft Graph carried out the request, but its answer contains values that this tool cannot work with. A proxy may have changed it.',
        'you',
        'Run this again: a client secret that was created is removed, and the rest is continued. If it happens again, try another network.',
      ),
    });
  },

  planAltered(file: string): Failure {
    return new Failure({
      code: 'TA-PLAN-ALTERED',
      message: `${plain(file)} was altered after the plan was saved. Nothing was changed.`,
      doing: 'read the saved plan',
      exitCode: 3,
      advice: row(
        'What it holds now is not what its SHA-256 stands for.',
        'you',
        'Ask for the file once more as it was saved, or save the plan anew and have it agreed to again.',
      ),
    });
  },

  /** A few words for each difference. */
  planChanged(differences: readonly string[]): Failure {
    return new Failure({
      code: 'TA-PLAN-CHANGED',
      message: `The saved plan does not fit any longer, so nothing was changed. What differs: ${differences.join('; ')}.`,
      doing: 'compare with the saved plan',
      exitCode: 2,
      advice: row(
        'The tenant, the customer file or what is left to do has changed since the plan was saved.',
        'you',
        'Look at the plan as it is now, save it, and have it agreed to again.',
      ),
    });
  },

  consentNeeded(link: string): Failure {
    return new Failure({
      code: 'TA-CONSENT-NEEDED',
      message: 'The permissions are not granted yet.',
      doing: 'grant the Graph permissions',
      advice: row(
        'The signed-in admin may register applications, but not grant Microsoft Graph permissions.',
        'a Global or Privileged Role Administrator',
        `Open ${link} and accept. The page may end with AADSTS500113, which is harmless. Then run this again: it finishes.`,
      ),
    });
  },

  notReplicated(minutes: number): Failure {
    return new Failure({
      code: 'TA-NOT-REPLICATED',
      message: `After ${minutes} minutes Microsoft Entra still does not know the new objects everywhere.`,
      doing: 'set up the tenant',
      advice: row(
        'New objects in Entra reach all of its servers only after a while, for which Microsoft gives no limit.',
        'you',
        'Wait a quarter of an hour and run this again: it goes on from here.',
      ),
    });
  },

  notProved(minutes: number, last: string): Failure {
    return new Failure({
      code: 'TA-NOT-PROVED',
      message: `The new secret or its permissions were not accepted within ${minutes} minutes (${last}).`,
      doing: 'prove the secret',
      advice: row(
        'Secrets and permissions are made, but the token service does not know them yet.',
        'you',
        'Keep the preferences file, wait a quarter of an hour and run this again: it goes on from here. Where the secret came by an import, see that it is its value and not its id, or put the file back that was kept beside it.',
      ),
    });
  },
};
