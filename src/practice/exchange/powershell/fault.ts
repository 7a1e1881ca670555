/** A script that PowerShell itself would refuse, or that uses what is not played here. `line` counts from 1. */
export class PowerShellFault extends Error {
  constructor(line: number, message: string) {
    super(`Line ${line}: ${message}`);
  }
}

/** What a cmdlet or a method refuses. PowerShell goes on after it unless the script says otherwise. */
export class CmdletFault extends Error {}
