// Which token a value stands for, in volumes: one large map is copied as a whole each time it grows, and nearly all of the
// values that come in are new ones.

import type { TokenRecord } from './authority.ts';

/** Tokens by their values. */
export interface TokenIndex {
  add(record: TokenRecord): void;
  find(value: string): TokenRecord | null;
  /** In the order in which they were added. */
  all(): IterableIterator<TokenRecord>;
}

/** How many tokens are in a volume. */
const VOLUME = 2048;

/** An empty index. */
export function createTokenIndex(): TokenIndex {
  let newest = new Map<string, TokenRecord>();
  /** The newest first. */
  const volumes = [newest];
  /** What was found further back: where refresh tokens stay, the same few are asked for again and again. */
  let asked = new Map<string, TokenRecord>();
  const findFurtherBack = (value: string): TokenRecord | null => {
    for (const volume of volumes) {
      const record = volume.get(value);
      if (record === undefined) continue;
      if (asked.size === VOLUME) asked = new Map();
      asked.set(value, record);
      return record;
    }
    return null;
  };
  return {
    add: (record) => {
      if (newest.size === VOLUME) {
        newest = new Map();
        volumes.unshift(newest);
      }
      newest.set(record.value, record);
    },
    find: (value) => newest.get(value) ?? asked.get(value) ?? findFurtherBack(value),
    *all() {
      for (const volume of volumes.toReversed()) yield* volume.values();
    },
  };
}
