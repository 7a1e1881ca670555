import type { Permission } from '../customer/permissions.ts';
import type { StandingGrant } from './permissions.ts';

/** One entry of a plan. Pure data: it can be printed, saved and compared. */
export type Change =
  | {
      readonly kind: 'register-application';
      readonly how: 'create' | 'update';
      readonly uniqueName: string;
      /** Of the registration that is updated. */
      readonly clientId?: string;
      /** The registration has no unique name yet: it was made by hand. */
      readonly named?: true;
      readonly displayName: string;
      readonly permissions: readonly Permission[];
      /** Requests for other APIs that the registration has already; they are kept. */
      readonly otherRequests: readonly unknown[];
    }
  | { readonly kind: 'add-service-principal' }
  | {
      readonly kind: 'grant-permissions';
      readonly by: 'us' | 'someone else';
      readonly graphObjectId: string;
      readonly permissions: readonly Permission[];
    }
  | {
      readonly kind: 'remove-grants';
      /** `surplus`: the customer file does not ask for them; otherwise they open every mailbox. */
      readonly surplus?: true;
      readonly grants: readonly StandingGrant[];
    }
  | { readonly kind: 'remove-client-secret'; readonly keyId: string; readonly displayName: string }
  | {
      readonly kind: 'add-client-secret';
      readonly description: string;
      readonly lifetimeDays: number;
      /** ISO 8601. */
      readonly expiresAt: string;
    }
  | { readonly kind: 'write-preferences'; readonly file: string };

export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>;

export interface Plan {
  readonly customer: string;
  readonly tenant: { readonly id: string; readonly displayName: string; readonly domain: string };
  readonly changes: readonly Change[];
}
