// Which objects a request or an answer names: ids are what answers call so, found again in paths, queries and bodies.

import { type Ledger, oncePerLedger, oncePerPair } from '../../harness/ledger.ts';
import { type Attempt, tellingAnswers } from './attempts.ts';
import { fieldsOf, scalarsOf, wordsOf } from './json-values.ts';

/** `id`, `Id`, `ID`, `deal_id`, `spreadsheetId`. */
const ID_KEY = /^id$|[_-]id$|I[dD]$/;

/** Every id that a service told in a run or in its twin. */
export const idsTold = oncePerPair(
  (run, twin: Ledger | null): ReadonlySet<string> =>
    twin === null ? idsToldIn(run) : new Set([...idsToldIn(run), ...idsToldIn(twin)]),
);

const idsToldIn = oncePerLedger((ledger): ReadonlySet<string> => {
  const fields = tellingAnswers(ledger).flatMap(({ end }) => fieldsOf(end.body));
  return new Set(fields.flatMap(([key, value]) => (ID_KEY.test(key) ? [value] : [])));
});

/** The known ids among some texts. */
export function idsIn(texts: readonly string[], known: ReadonlySet<string>): Set<string> {
  return new Set(texts.flatMap(wordsOf).filter((word) => known.has(word)));
}

/** The known ids that a request names in its path, its query or its body. */
export function idsNamed({ opened }: Attempt, known: ReadonlySet<string>): Set<string> {
  const segments = opened.path.split('/').map(decoded);
  return idsIn([...segments, ...Object.values(opened.query), ...scalarsOf(opened.body)], known);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
