import { createSigning } from '../../src/practice/login/signing.ts';

/** The key of every tenant of a test process: making one takes longer than most stories. */
export const signing = createSigning();
