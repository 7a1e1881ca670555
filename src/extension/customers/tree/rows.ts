import * as vscode from 'vscode';
import type { Stage } from '../../../core/customer/stage-states.ts';
import { stages } from '../../../core/customer/stage-states.ts';
import type { ListedFile } from '../list.ts';
import type { Overview } from '../overview.ts';
import type { ListedCustomer, Trouble } from '../read-files.ts';
import { byName, customerItem } from './customer-item.ts';
import { type SignedIn, stepItem, tenantItem, troubleItem, unlistedItem } from './detail-items.ts';
import { stageCommand, tenantCommand } from './row-command.ts';

/** The tree's rows. Never rejects: what goes wrong becomes a row. */
export interface Rows {
  item(node: Node): Promise<vscode.TreeItem>;
  children(node: Node | undefined, filter: string): Promise<Node[]>;
  /** The row of a customer that was shown before. */
  find(uri: vscode.Uri): Node | undefined;
}

export function createRows(
  overview: Pick<Overview, 'all' | 'of'>,
  sessions: { current(tenantId: string): SignedIn | undefined },
  isWorking: (customer: vscode.Uri) => boolean = () => false,
): Rows {
  const shown = new Map<string, Node>();
  const customerNode = (file: ListedFile): Node => {
    const key = file.uri.toString();
    const node = shown.get(key) ?? { kind: 'customer', file };
    shown.set(key, node);
    return node;
  };
  return {
    find: (uri) => shown.get(uri.toString()),
    async item(node) {
      if (node.kind === 'unlisted') return unlistedItem(node.reason);
      if (node.kind === 'trouble') return troubleItem(node.trouble, node.file.uri.toString());
      const read = await overview.of(node.file);
      if (node.kind === 'customer') return customerItem(read, isWorking(read.file.uri));
      if (node.kind === 'step') return stepItem(read, node.step, stageCommand(read, node.step));
      return tenantItem(read, sessions.current(read.record?.tenant.id ?? ''), tenantCommand(read));
    },
    async children(node, filter) {
      if (node?.kind === 'customer') return details(await overview.of(node.file));
      if (node) return [];
      try {
        const all = (await overview.all()).filter((read) => matches(read, filter));
        return all.toSorted(byName).map(({ file }) => customerNode(file));
      } catch (error) {
        const reason = vscode.l10n.t('The customer files cannot be listed: {0}', String(error));
        return [{ kind: 'unlisted', reason }];
      }
    },
  };
}

function details({ file, trouble }: ListedCustomer): Node[] {
  if (trouble) return [{ kind: 'trouble', file, trouble }];
  return [{ kind: 'tenant', file }, ...stages.map((step): Node => ({ kind: 'step', file, step }))];
}

function matches({ file, customer, record }: ListedCustomer, filter: string): boolean {
  const texts = [
    file.stem,
    customer?.name,
    customer?.tenant,
    record?.tenant.displayName,
    record?.tenant.domain,
  ];
  return texts.join('\n').toLowerCase().includes(filter.toLowerCase());
}

/** A row of the tree. VS Code knows rows by identity: the same row is the same object. Commands find the customer in `file`. */
export type Node =
  | { readonly kind: 'customer'; readonly file: ListedFile }
  | { readonly kind: 'tenant'; readonly file: ListedFile }
  | { readonly kind: 'step'; readonly file: ListedFile; readonly step: Stage }
  /** Why nothing can be shown of this customer; choosing it opens the file. */
  | { readonly kind: 'trouble'; readonly file: ListedFile; readonly trouble: Trouble }
  /** Why there are no customers; choosing it tries again. */
  | { readonly kind: 'unlisted'; readonly reason: string };
