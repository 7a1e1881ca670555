import type { Cmdlet } from './cmdlet.ts';
import { pointerCmdlets } from './pointer-cmdlets.ts';
import { roleCmdlets } from './role-cmdlets.ts';
import { scopeCmdlets } from './scope-cmdlets.ts';
import { sessionCmdlets } from './session-cmdlets.ts';

/** By name, lower case. Which parameters there are: learn.microsoft.com/powershell/module/exchangepowershell */
export const cmdlets: ReadonlyMap<string, Cmdlet> = new Map(
  Object.entries({ ...sessionCmdlets, ...pointerCmdlets, ...scopeCmdlets, ...roleCmdlets }).map(
    ([name, cmdlet]) => [name.toLowerCase(), cmdlet],
  ),
);
