import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import type { Clock, Log, ShowCode } from '../ports.ts';
import { signInFailures } from './failures.ts';
import type { Access } from './msal.ts';

/** Shows a code and waits until someone signed in with it. The wait and its end are in the network under `app`. */
export async function signInByDeviceCode(
  app: PublicClientApplication,
  { scopes, claims }: Pick<Access, 'scopes' | 'claims'>,
  { clock, log, showCode }: { clock: Clock; log: Log; showCode: ShowCode },
): Promise<AuthenticationResult> {
  const result = await app.acquireTokenByDeviceCode({
    scopes,
    ...(claims === undefined ? {} : { claims }),
    deviceCodeCallback: ({ userCode, verificationUri, expiresIn }) => {
      log.info(`sign-in: device code shown, good for ${expiresIn} s`);
      showCode({ userCode, verificationUri, expiresAt: clock.now() + expiresIn * 1000 });
    },
  });
  // Typed so; MSAL 7 either rejects or gives a result.
  if (result === null) throw signInFailures.signInFailed('no result');
  return result;
}
