import * as z from 'zod/mini';
import { bodyIfReadable, type Question } from './question.ts';

/** The tenant's default app-management policy, its rules about secrets only. */
export interface SecretPolicy {
  readonly name: string;
  readonly rules: readonly Restriction[];
}

/** What the policy means for the secrets of one application. */
export interface SecretRules {
  readonly forbidden: boolean;
  /** Longest lifetime allowed, in whole days; `undefined` without a limit. */
  readonly maxLifetimeDays: number | undefined;
}

const Restriction = z.object({
  restrictionType: z.string(),
  state: z.nullish(z.string()),
  maxLifetime: z.nullish(z.string()),
  restrictForAppsCreatedAfterDateTime: z.nullish(z.string()),
});
type Restriction = z.infer<typeof Restriction>;

const Policy = z.object({
  displayName: z.nullish(z.string()),
  isEnabled: z.boolean(),
  applicationRestrictions: z.nullish(z.object({ passwordCredentials: z.nullish(z.array(Restriction)) })),
});

export const secretPolicy: Question<SecretPolicy | undefined> = {
  path: '/policies/defaultAppManagementPolicy',
  read(answer) {
    const policy = bodyIfReadable(answer, Policy);
    if (!policy) return undefined;
    const rules = policy.isEnabled ? (policy.applicationRestrictions?.passwordCredentials ?? []) : [];
    return { name: policy.displayName ?? '', rules };
  },
};

/**
 * A rule binds applications created on or after its date (`createdAt`, epoch ms). Old policies have no `state`, which
 * means enabled (learn.microsoft.com/graph/api/resources/passwordcredentialconfiguration).
 */
export function secretRules(policy: SecretPolicy, createdAt: number): SecretRules {
  const binding = policy.rules.filter((rule) => binds(rule, createdAt));
  const limits = binding
    .filter((rule) => rule.restrictionType === 'passwordLifetime')
    .map((rule) => wholeDays(rule.maxLifetime ?? ''))
    .filter((days) => days !== undefined);
  return {
    forbidden: binding.some((rule) => rule.restrictionType === 'passwordAddition'),
    maxLifetimeDays: limits.length > 0 ? Math.min(...limits) : undefined,
  };
}

function binds(rule: Restriction, createdAt: number): boolean {
  const after = rule.restrictForAppsCreatedAfterDateTime;
  return (rule.state ?? 'enabled') === 'enabled' && (!after || createdAt >= Date.parse(after));
}

/** Whole days of an ISO 8601 duration of weeks, days and hours (`P90D`, `P4DT12H`); months and years counted short. */
export function wholeDays(duration: string): number | undefined {
  const match =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/.exec(
      duration,
    );
  if (!match || duration === 'P' || duration.endsWith('T')) return undefined;
  const [years, months, weeks, days, hours] = match.slice(1).map((part) => Number(part ?? 0));
  return Math.floor(
    (years ?? 0) * 365 + (months ?? 0) * 28 + (weeks ?? 0) * 7 + (days ?? 0) + (hours ?? 0) / 24,
  );
}

const Authorization = z.object({
  defaultUserRolePermissions: z.nullish(z.object({ allowedToCreateApps: z.nullish(z.boolean()) })),
});

/** Whether any member may register applications; `undefined` where the policy may not be read. */
export const registrationOpen: Question<boolean | undefined> = {
  path: '/policies/authorizationPolicy',
  read: (answer) =>
    bodyIfReadable(answer, Authorization)?.defaultUserRolePermissions?.allowedToCreateApps ?? undefined,
};
