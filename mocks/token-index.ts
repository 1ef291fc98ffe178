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
/** By so many of its last characters a token is looked up: to digest a long one takes longer than to compare it. */
const TAIL = 12;

/** Tokens by the tails of their values; by their whole values where another one has the same tail. */
type Volume = Map<string, TokenRecord>;

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

function put(volume: Volume, record: TokenRecord): void {
  const { value } = record;
  const tail = value.slice(-TAIL);
  const there = volume.get(tail);
  volume.set(there === undefined || there.value === value ? tail : value, record);
}

function look(volume: Volume, value: string): TokenRecord | null {
  const there = volume.get(value.slice(-TAIL));
  if (there === undefined) return null;
  return there.value === value ? there : (volume.get(value) ?? null);
}

/** Tokens of one kind, in volumes: one large map is copied as a whole each time it grows. */
function createShelf() {
  let newest: Volume = new Map();
  /** The newest first. */
  const volumes = [newest];
  /** Those that are not in a volume yet. */
  let loose: TokenRecord[] = [];
  /** What was found further back: where refresh tokens stay, the same few are asked for again and again. */
  let asked: Volume = new Map();
  /** One exchange looks for the same token twice. */
  let last: { readonly value: string; readonly record: TokenRecord } | null = null;

  const shelve = () => {
    for (const record of loose) {
      if (newest.size === VOLUME) {
        newest = new Map();
        volumes.unshift(newest);
      }
      put(newest, record);
    }
    loose = [];
  };
  const findFurtherBack = (value: string): TokenRecord | null => {
    for (const volume of volumes) {
      const record = look(volume, value);
      if (record === null) continue;
      if (asked.size === VOLUME) asked = new Map();
      put(asked, record);
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
      const record = look(newest, value) ?? look(asked, value) ?? findFurtherBack(value);
      if (record !== null) last = { value, record };
      return record;
    },
    *all() {
      shelve();
      for (const volume of volumes.toReversed()) yield* volume.values();
    },
  };
}
