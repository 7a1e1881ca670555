/** Put in by the build, from package.json. */
declare const builtVersion: string | undefined;

/** The version of this program. */
export const version = typeof builtVersion === 'string' ? builtVersion : 'not built';
