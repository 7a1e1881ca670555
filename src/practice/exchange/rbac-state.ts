/** RBAC for Applications: what Exchange itself grants to apps. learn.microsoft.com/exchange/permissions-exo/application-rbac */
export interface Rbac {
  readonly rights: Right[];
  /** What Exchange remembers of an app, by the object id of its service principal. */
  readonly remembered: Map<string, Remembered>;
}

/** The role `Application PERMISSION`, by the object id of a service principal. */
export interface Right {
  readonly objectId: string;
  readonly permission: string;
  /** Primary address. `undefined`: every mailbox. */
  readonly mailbox?: string | undefined;
}

export interface Remembered {
  readonly rights: readonly Right[];
  readonly firstAskedAt: number;
  readonly learntAt: number;
  askedAt: number;
}

export function emptyRbac(): Rbac {
  return { rights: [], remembered: new Map() };
}
