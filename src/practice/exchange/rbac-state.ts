/** RBAC for Applications: what Exchange itself grants to apps. learn.microsoft.com/exchange/permissions-exo/application-rbac */
export interface Rbac {
  /** Exchange's pointers to enterprise applications. */
  readonly pointers: Pointer[];
  readonly scopes: Scope[];
  readonly assignments: Assignment[];
  /** What Exchange remembers of an app, by the object id of its service principal. */
  readonly remembered: Map<string, Remembered>;
}

export interface Pointer {
  readonly appId: string;
  readonly objectId: string;
  readonly displayName: string;
}

export interface Scope {
  readonly name: string;
  /** Address of the one mailbox, lower case. */
  mailbox: string;
}

export interface Assignment {
  readonly name: string;
  readonly objectId: string;
  readonly role: string;
  /** `undefined`: every mailbox. */
  readonly scope: string | undefined;
}

export interface Right {
  readonly role: string;
  readonly mailbox: string | undefined;
}

interface Remembered {
  readonly rights: readonly Right[];
  readonly learntAt: number;
  askedAt: number;
}

export function emptyRbac(): Rbac {
  return { pointers: [], scopes: [], assignments: [], remembered: new Map() };
}
