import * as z from 'zod/mini';
import { graphTime } from '../clock.ts';
import type { Json, State } from '../state.ts';
import { GraphFault } from './answer.ts';
import type { SecretLife } from './secrets.ts';

/** The part of the tenant's default app-management policy that binds client secrets. */
const policySchema = z.object({
  displayName: z._default(z.string(), 'Default app management tenant policy'),
  isEnabled: z.boolean(),
  applicationRestrictions: z.nullish(
    z.object({
      passwordCredentials: z.nullish(
        z.array(
          z.object({
            restrictionType: z.string(),
            /** Absent in policies from before the property existed, which are in force. */
            state: z.nullish(z.string()),
            maxLifetime: z.nullish(z.string()),
            restrictForAppsCreatedAfterDateTime: z.nullish(z.string()),
          }),
        ),
      ),
    }),
  ),
});

/**
 * Throws 400 when the policy forbids this secret for an application made at `createdAt` (epoch milliseconds).
 * learn.microsoft.com/graph/api/resources/passwordcredentialconfiguration
 */
export function refuseForbiddenSecret(state: State, createdAt: number, life: SecretLife): void {
  const policy = z.parse(policySchema, state.appManagementPolicy);
  if (!policy.isEnabled) return;
  const binding = (policy.applicationRestrictions?.passwordCredentials ?? []).filter(
    (rule) => rule.state !== 'disabled' && bindsSince(rule.restrictForAppsCreatedAfterDateTime, createdAt),
  );
  if (binding.some((rule) => rule.restrictionType === 'passwordAddition')) {
    throw new GraphFault(
      400,
      'CredentialTypeNotAllowedAsPerAppPolicy',
      `Credential type not allowed as per assigned policy '${policy.displayName}'.`,
    );
  }
  const lifetimes = binding.filter((rule) => rule.restrictionType === 'passwordLifetime');
  if (lifetimes.some((rule) => life.endsAt - life.startsAt > durationMs(rule.maxLifetime ?? ''))) {
    throw new GraphFault(
      400,
      'CredentialInvalidLifetimeAsPerAppPolicy',
      `Credential lifetime exceeds the max value allowed as per assigned policy '${policy.displayName}'.`,
    );
  }
}

function bindsSince(since: string | null | undefined, createdAt: number): boolean {
  return since === null || since === undefined || createdAt >= Date.parse(since);
}

const durationPattern =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const day = 86_400_000;
/** Years, months, weeks, days, hours, minutes, seconds; a year counts 365 days and a month 30, as in .NET's XmlConvert. */
const units = [365 * day, 30 * day, 7 * day, day, 3_600_000, 60_000, 1000];

/** Milliseconds of an ISO 8601 duration; 0 for what is none. */
export function durationMs(text: string): number {
  const parts = durationPattern.exec(text)?.slice(1) ?? [];
  return parts.reduce((sum, part, at) => sum + Number(part ?? 0) * (units[at] ?? 0), 0);
}

/** Makes the policy have this rule since half a year ago. */
export function restrictSecrets(state: State, restriction: Json): void {
  const restrictForAppsCreatedAfterDateTime = graphTime(state.clock.now() - 180 * 24 * 3_600_000);
  state.appManagementPolicy = {
    ...state.appManagementPolicy,
    isEnabled: true,
    applicationRestrictions: {
      passwordCredentials: [{ ...restriction, state: 'enabled', restrictForAppsCreatedAfterDateTime }],
      keyCredentials: [],
    },
  };
}
