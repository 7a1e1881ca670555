import type { Http } from '../../core/cloud/http.ts';
import type { CustomerRecord } from '../../core/customer/record.ts';
import type { MailJournal } from '../../core/mail/mail-journal.ts';
import type { Clock } from '../../core/ports.ts';
import type { Preferences } from '../../core/preferences/preferences.ts';

export type Verified = NonNullable<CustomerRecord['verification']>;

/** What it takes to send as one customer's T&A, and to keep what came of it. */
export interface MailAccess {
  readonly preferences: Preferences;
  readonly http: Http;
  readonly clock: Clock;
  readonly journal: MailJournal | undefined;
  /** Changes the verification in the customer's record; where there is no record, nothing is kept. */
  keep(change: (verified: Verified | undefined) => Verified | undefined): Promise<void>;
}
