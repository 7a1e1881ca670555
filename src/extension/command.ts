import type { Shell } from './shell.ts';

/** A command's work. `target`: the tree item, file or link it was called on, untrusted; `undefined` from the palette. */
export type Command = (shell: Shell, target: unknown) => Promise<void>;
