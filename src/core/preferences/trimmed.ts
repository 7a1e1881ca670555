const edges = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** Without blanks, no-break ones too, and without what has no width at all, at both ends. */
export const trimmed = (text: string): string => text.replace(edges, '');
