// GET /ledger: what happened, from a number on.

import type { Answer, Request } from '../../mocks/index.ts';
import type { Entry } from '../entry.ts';
import { said, wrong } from './answers.ts';
import type { Asked } from './routes.ts';

/** Answers with the entries after `?since=`, one a line. */
export async function ledgerSince({ stand, request }: Asked): Promise<Answer> {
  const { ledger } = await stand.world();
  const lines = ledger.entries.slice(sinceOf(request)).map(entryLine);
  const { status, headers } = said(200, null);
  return { status, headers, body: lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n` };
}

/**
 * The number after which the entries are wanted: `?since=`, or where a reader of the stream was cut off.
 * @throws Mistake for what is no number
 */
export function sinceOf({ query, headers }: Request): number {
  const text = headers['last-event-id'] ?? query.since ?? '0';
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  throw wrong('since', `since: is no number of an entry: write a whole number, 0 for all (got "${text}")`);
}

/** An entry with its number and moment in front. */
export function inOrder({ seq, at, ...rest }: Entry) {
  return { seq, at, ...rest };
}

/** An entry as one line of JSON. */
export function entryLine(entry: Entry): string {
  return JSON.stringify(inOrder(entry));
}
