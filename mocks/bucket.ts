// Buckets that fill up again as time passes: what callers may spend at once, and how fast they earn it back.

/** How much a bucket holds, and how much comes back in a second. */
export interface Bucket {
  readonly capacity: number;
  readonly refillPerSecond: number;
}

/** What came of spending. `left` is null where there is no such bucket, and so no limit. */
export interface Spending {
  /** Whether there was enough; if not, nothing was taken. */
  readonly isPaid: boolean;
  readonly left: number | null;
  /** How long until there will be enough. */
  readonly waitMs: number;
}

/** Spends somebody's share of a bucket at `nowMs`; a negative amount gives back. */
export type Spend = (bucket: string, who: string, amount: number, nowMs: number) => Spending;

/** Buckets that are full at first, one for each caller. */
export function createBuckets(buckets: Readonly<Record<string, Bucket>>): Spend {
  const levels = new Map<string, { readonly left: number; readonly atMs: number }>();
  return (name, who, amount, nowMs) => {
    const bucket = buckets[name];
    if (bucket === undefined) return { isPaid: true, left: null, waitMs: 0 };
    const { capacity, refillPerSecond } = bucket;
    const key = `${name} ${who}`;
    const { left, atMs } = levels.get(key) ?? { left: capacity, atMs: nowMs };
    const available = Math.min(capacity, left + ((nowMs - atMs) / 1000) * refillPerSecond);
    const isPaid = amount <= available;
    const after = isPaid ? Math.min(capacity, available - amount) : available;
    levels.set(key, { left: after, atMs: nowMs });
    const waitMs = isPaid ? 0 : Math.ceil(((amount - available) / refillPerSecond) * 1000);
    return { isPaid, left: after, waitMs };
  };
}
