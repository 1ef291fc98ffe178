// Which token a value stands for: what is minted is put down at once, and shelved by its value when one is asked for. Many
// access tokens are never asked for by value, in a night that is spent on refreshes nearly all.

import type { TokenRecord } from './authority.ts';

/** Tokens by their values. */
export interface TokenIndex {
  add(record: TokenRecord): void;
  /** `likely` is the kind that is looked at first. */
  find(value: string, likely: TokenRecord['kind']): TokenRecord | null;
  /** The access tokens, then the refresh tokens, each kind in the order in which they were added. */
  all(): IterableIterator<TokenRecord>;
}

/** How many tokens are in a volume. */
const VOLUME = 2048;

/** An empty index. */
export function createTokenIndex(): TokenIndex {
  const shelves = { access: createShelf(), refresh: createShelf() };
  return {
    add: (record) => shelves[record.kind].add(record),
    find: (value, likely) =>
      shelves[likely].find(value) ?? shelves[likely === 'access' ? 'refresh' : 'access'].find(value),
    *all() {
      yield* shelves.access.all();
      yield* shelves.refresh.all();
    },
  };
}

/** Tokens of one kind, in volumes: one large map is copied as a whole each time it grows. */
function createShelf() {
  let newest = new Map<string, TokenRecord>();
  /** The newest first. */
  const volumes = [newest];
  /** Those that are not in a volume yet. */
  let loose: TokenRecord[] = [];
  /** What was found further back: where refresh tokens stay, the same few are asked for again and again. */
  let asked = new Map<string, TokenRecord>();
  /** One exchange looks for the same token twice. */
  let last: { readonly value: string; readonly record: TokenRecord } | null = null;

  const shelve = () => {
    for (const record of loose) {
      if (newest.size === VOLUME) {
        newest = new Map();
        volumes.unshift(newest);
      }
      newest.set(record.value, record);
    }
    loose = [];
  };
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
    add: (record: TokenRecord) => {
      loose.push(record);
      last = null;
    },
    find: (value: string): TokenRecord | null => {
      if (last?.value === value) return last.record;
      if (loose.length > 0) shelve();
      const record = newest.get(value) ?? asked.get(value) ?? findFurtherBack(value);
      if (record !== null) last = { value, record };
      return record;
    },
    *all() {
      shelve();
      for (const volume of volumes.toReversed()) yield* volume.values();
    },
  };
}
