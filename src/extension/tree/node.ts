import type { Step } from '../../core/customer/standing.ts';
import type { CustomerFile } from '../customers.ts';

/** A row of the tree. VS Code knows rows by identity: the same row is the same object. Commands find the customer in `file`. */
export type Node =
  | { readonly kind: 'customer'; readonly file: CustomerFile }
  | { readonly kind: 'tenant'; readonly file: CustomerFile }
  | { readonly kind: 'step'; readonly file: CustomerFile; readonly step: Step }
  /** Why nothing can be shown here; choosing it tries again. */
  | { readonly kind: 'trouble'; readonly file: CustomerFile | undefined; readonly reason: string };
