export interface ContentRange {
  readonly from: number;
  /** The last byte of the range, not the one after it. */
  readonly to: number;
  readonly total: number;
}

/** `bytes 0-2097151/3483322` */
export function parseContentRange(text: string | undefined): ContentRange | undefined {
  const [, from, to, total] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(text ?? '') ?? [];
  if (from === undefined || to === undefined || total === undefined) return undefined;
  const range = { from: Number(from), to: Number(to), total: Number(total) };
  return range.to >= range.from ? range : undefined;
}
