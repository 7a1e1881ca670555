/** `20 KB`, `3 MB`, `10.5 MB`, `3,145,729 bytes` where rounding would hide what matters. */
export function bytes(count: number): string {
  const [unit, size] = count >= mega ? (['MB', mega] as const) : (['KB', kilo] as const);
  if (count < kilo) return `${count} bytes`;
  const rounded = Math.round((count / size) * 10) / 10;
  return rounded * size === count ? `${rounded} ${unit}` : `${count.toLocaleString('en-US')} bytes`;
}

const kilo = 1024;
const mega = kilo * kilo;

/** `0 min`, `75 min`. */
export const minutes = (ms: number): string => `${Math.floor(ms / 60_000)} min`;

/** `0.4 s`, `12 s`. */
export function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
