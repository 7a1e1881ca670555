import * as vscode from 'vscode';
import type { CheckedCustomer } from '../../core/check/checked.ts';
import { usualAtOnce } from '../../core/check/turns.ts';
import { recordFileOf } from '../../core/customer/file-names.ts';
import { findRecord } from '../../core/customer/record-file.ts';
import type { CheckJob } from '../../core/stories/check.ts';
import { checkFleet, type FleetProgress, type FleetState } from '../../core/stories/check-fleet.ts';
import { drain } from '../../core/waiting.ts';
import { coreWords } from '../core-words.ts';
import type { ListedFile } from '../customers/list.ts';
import type { Belonging } from '../shell/ports.ts';
import { portsOf } from '../shell/ports.ts';
import type { Shell } from '../shell/shell.ts';

interface CheckScope {
  /** Whose world the requests go to; nothing for many, of which those of the other world are left out. */
  readonly record?: Belonging;
  /** Whether what was good within the last hours may stand. */
  readonly mayBeFresh: boolean;
  readonly signal: AbortSignal;
  readonly tell: (progress: FleetProgress) => void;
  readonly onWait?: (state: FleetState) => void;
}

/** Checks customers with T&A's own credentials; the list shows what was seen. Throws a Failure where it is stopped. */
export async function checkCustomers(
  files: readonly ListedFile[],
  shell: Shell,
  { record, mayBeFresh, signal, tell, onWait }: CheckScope,
): Promise<CheckedCustomer[]> {
  const ports = portsOf(shell, record, signal, () => undefined);
  const jobs = files.map(
    ({ uri }): CheckJob => ({
      file: uri.fsPath,
      preferencesFile: shell.customers.placeOf(uri),
      kind: ports.kind,
      mayBeFresh,
    }),
  );
  const customers: CheckedCustomer[] = [];
  const fleet = { ...ports, concurrency: usualAtOnce, tell: coreWords, onWait };
  await drain(checkFleet(jobs, fleet), (progress) => {
    customers.push(progress.customer);
    shell.customers.changed(vscode.Uri.file(progress.customer.file));
    tell(progress);
  });
  return customers;
}

/** Those that belong where requests go now. One whose record cannot be read is among them, so that the check says so. */
export async function ofThisWorld(files: readonly ListedFile[], { practice }: Shell): Promise<ListedFile[]> {
  const here = practice.running ? 'practice' : 'production';
  const found: ListedFile[] = [];
  for (const file of files.filter(({ uri }) => uri.scheme === 'file')) {
    const record = await findRecord(recordFileOf(file.uri.fsPath)).catch(() => undefined);
    if (!record || record.kind === here) found.push(file);
  }
  return found;
}

/** `14:05`, minutes and seconds. */
export function timeLeft(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
