// What a subject told of its troubles: lines it printed, entries of its claim, events; and whether they name a refusal.

import type { Run } from '../../harness/check.ts';
import { entriesOf } from '../../harness/ledger.ts';
import { wordsOf } from './json-values.ts';

/** Words by which a line speaks of trouble rather than of work that went well. */
const TROUBLE =
  /\b(40[013]|expired|revoked|refused|rejected|den(y|ied)|unauthor\w+|forbidden|invalid\w*|bad_\w+|re-?auth\w*|reconnect\w*|fail\w*|error\w*|skipp\w+|dead|lost|gone|terminal|dropped|abandon\w*|given up|giving up|gave up|no longer|cannot|could not|unable|without)\b/i;

/** Every text in which a subject may have told of a refusal; those that say nothing of any trouble are left out. */
export function tellingsOf({ ledger, claim, printed }: Run): string[] {
  const lines = `${printed.stderr}\n${printed.stdout}`.split('\n');
  const events = entriesOf(ledger, 'event.received').map(({ event }) => JSON.stringify(event));
  const error = JSON.stringify(claim?.error ?? null);
  // Being named in these lists is trouble by itself; their reason may be any word.
  const entries = [...(claim?.skipped ?? []), ...(claim?.reauth ?? [])].map((entry) => JSON.stringify(entry));
  return [...entries, ...[...lines, ...events, error].filter((text) => TROUBLE.test(text))];
}

/** The names that appear in these texts as words, in lower case. */
export function namesIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap(wordsOf).map((word) => word.toLowerCase()));
}
