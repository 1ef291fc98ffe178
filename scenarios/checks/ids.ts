// Which objects a request or an answer names: ids are what answers call so, found again in paths, queries and bodies.

import type { Ledger } from '../../harness/ledger.ts';
import { type Attempt, attemptsOf, succeeded } from './attempts.ts';
import { fieldsOf, scalarsOf, wordsOf } from './json-values.ts';

/** `id`, `Id`, `ID`, `deal_id`, `spreadsheetId`. */
const ID_KEY = /^id$|[_-]id$|I[dD]$/;

/** Every id that a service told in these runs. */
export function idsTold(...ledgers: readonly (Ledger | null)[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const ledger of ledgers) {
    for (const attempt of ledger === null ? [] : attemptsOf(ledger)) {
      if (attempt.opened.endpoint !== 'resource' || !succeeded(attempt)) continue;
      for (const [key, value] of fieldsOf(attempt.end.body)) if (ID_KEY.test(key)) ids.add(value);
    }
  }
  return ids;
}

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
