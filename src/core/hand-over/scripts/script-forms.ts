/** How the file of a script ends, by its form. Apart from the writers, which a list of the forms does not need. */
export const scriptExtensions = { powershell: '.ps1', az: '.sh' } as const;

export type ScriptForm = keyof typeof scriptExtensions;
