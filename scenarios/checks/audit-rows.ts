// What the replicas of a broker answered when they were asked for their request logs.

import type { Ledger } from '../../harness/ledger.ts';
import { isJsonObject } from '../../mocks/http.ts';
import type { JsonObject } from '../../mocks/index.ts';
import { operationsOf } from './asked-calls.ts';

/** One row, and the answer that held it. */
export interface LoggedRow {
  readonly row: JsonObject;
  readonly seq: number;
  readonly at: number;
}

/** The rows by replica, as each told them last; null where no replica has a log. */
export function auditOf(ledger: Ledger): ReadonlyMap<string, readonly LoggedRow[]> | null {
  const logs = operationsOf(ledger, 'audit').flatMap(({ returned }) => {
    if (returned?.status !== 200 || !Array.isArray(returned.result)) return [];
    const { seq, at, party } = returned;
    return [[party, returned.result.filter(isJsonObject).map((row) => ({ row, seq, at }))] as const];
  });
  return logs.length === 0 ? null : new Map(logs);
}
