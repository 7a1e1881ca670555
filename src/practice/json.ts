/** An object as JSON has it. */
export type Json = Record<string, unknown>;
