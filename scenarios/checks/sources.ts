// Where a written value came from: the answers of a run, indexed by account and by the object they speak of.

import { type Ledger, oncePerLedger } from '../../harness/ledger.ts';
import type { Json } from '../../mocks/index.ts';
import { ownerOf, tellingAnswers } from './attempts.ts';
import { idsIn, idsNamed } from './ids.ts';
import { normal, recordsOf, scalarsOf } from './json-values.ts';

/** Values in normal form. */
type Values = Set<string>;

/** The values that each account's resource server told. */
export const valuesByAccount = oncePerLedger((ledger): ReadonlyMap<string, Values> => {
  const values = new Map<string, Values>();
  for (const attempt of tellingAnswers(ledger)) add(values, ownerOf(attempt), attempt.end.body);
  return values;
});

/**
 * The values told about each object: those of the records that mention its id, and all of an answer to a request
 * that named this object and no other.
 */
export function valuesByObject(ledger: Ledger, ids: ReadonlySet<string>): ReadonlyMap<string, Values> {
  const values = new Map<string, Values>();
  for (const attempt of tellingAnswers(ledger)) {
    const named = idsNamed(attempt, ids);
    if (named.size === 1) for (const id of named) add(values, id, attempt.end.body);
    for (const record of recordsOf(attempt.end.body)) {
      for (const id of idsIn(scalarsOf(record), ids)) add(values, id, record);
    }
  }
  return values;
}

/** Which objects are told of together with which: a deal with its linked account. */
export function companions(
  ledgers: readonly Ledger[],
  ids: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const together = new Map<string, Set<string>>();
  for (const attempt of ledgers.flatMap(tellingAnswers)) {
    for (const record of recordsOf(attempt.end.body)) {
      const named = idsIn(scalarsOf(record), ids);
      for (const id of named) {
        const known = together.get(id) ?? new Set();
        for (const other of named) known.add(other);
        together.set(id, known);
      }
    }
  }
  return together;
}

function add(values: Map<string, Values>, key: string, body: Json): void {
  const known = values.get(key) ?? new Set();
  for (const scalar of scalarsOf(body)) known.add(normal(scalar));
  values.set(key, known);
}
