// What waited through an outage, or was started anew by a deploy, must not come back as one wave.

import type { Check } from '../../harness/check.ts';
import { entriesOf } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type Attempt, succeeded } from './attempts.ts';
import { densest, type Herd, herdsOf, SMALLEST_COHORT } from './herds.ts';
import { counted, failure, type Instance } from './instances.ts';

const SECOND_MS = 1000;
/** For how long after its end an outage or a deploy has to answer for waves. */
const AFTERMATH_MS = 15 * 60_000;
/** The part of a cohort that may come within one second, and a number that is no wave. */
const PART_PER_SECOND = 0.1;
const FEW = 5;
/** A limit is no outage: who comes too densely makes it. */
const TOO_MANY = 429;
/** So much of a cohort must have met trouble for it to be an outage. */
const PART_HIT = 0.05;

const fix =
  'Put off every retry by a draw of its own, and grow the range: `retryAtMs = now + Math.random() * Math.min(capMs, baseMs * 2 ** tries)`; after a start keep the moments that were stored.';

export default {
  id: 'no-resync',
  title: 'After an outage or a deploy a cohort does not come back as one wave',
  category: 'herd',
  loses: 'other',
  why: 'Everything that failed during an outage retries at the same beat, and what comes back together expires together: a deploy had to be rolled back because all tokens were refreshed at once (mozilla/fxa-oauth-server#370).',
  judged:
    `For each service with at least ${SMALLEST_COHORT} accounts: an outage is a row of token requests of several accounts that failed without a success between ` +
    'them; it ends with the first success. A deploy is a replica that is started again. In the 15 minutes from the end on not more than a tenth of the cohort, and 5, ' +
    'may knock at the token endpoint within one virtual second.',
  fix,
  needs: ['true-lifetimes'],
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const restarts = entriesOf(ledger, 'process.started').filter(({ resume }) => resume);
    const troubles = herdsOf(ledger).flatMap((herd) =>
      [...outagesOf(herd), ...deploysOf(restarts)].map((trouble) => ({ ...trouble, herd })),
    );
    if (troubles.length === 0) {
      const message = `No cohort of ${SMALLEST_COHORT} accounts met an outage or a deploy.`;
      return { verdict: 'inconclusive', message };
    }
    const instances = troubles.flatMap(waveAfter);
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(troubles.length, 'outage or deploy', 'outages and deploys')}, and no wave came after.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

interface Trouble {
  readonly what: string;
  readonly endMs: number;
  readonly evidence: readonly number[];
}

const deploysOf = (restarts: readonly { readonly at: number; readonly seq: number }[]): Trouble[] =>
  restarts.map(({ at, seq }) => ({ what: 'a deploy', endMs: at, evidence: [seq] }));

function outagesOf({ knocks, size }: Herd): Trouble[] {
  const found: Trouble[] = [];
  let row: Attempt[] = [];
  for (const attempt of knocks) {
    if (isTrouble(attempt)) row.push(attempt);
    if (!succeeded(attempt)) continue;
    const hit = new Set(row.map(({ opened }) => opened.account));
    const [first] = hit.size >= Math.max(2, size * PART_HIT) ? row : [];
    if (first !== undefined)
      found.push({ what: 'an outage', endMs: attempt.opened.at, evidence: [first.opened.seq] });
    row = [];
  }
  return found;
}

const isTrouble = ({ end }: Attempt) =>
  end !== null &&
  (end.kind === 'exchange.lost' ||
    end.truth === 'unavailable' ||
    (end.truth === 'fault' && end.status !== TOO_MANY));

function waveAfter({ herd, what, endMs, evidence }: Trouble & { readonly herd: Herd }): Instance[] {
  const { knocks, size, service } = herd;
  const after = knocks.filter(({ opened }) => opened.at >= endMs && opened.at < endMs + AFTERMATH_MS);
  const wave = densest(after, SECOND_MS);
  const [first] = wave.length > Math.max(FEW, size * PART_PER_SECOND) ? wave : [];
  if (first === undefined) return [];
  const atMs = first.opened.at;
  const message = `After ${what} that was over at ${formatMoment(endMs)}, ${wave.length} of ${size} accounts of ${service} knocked at the token endpoint within one second from ${formatMoment(atMs)} on. They should have come back one by one.`;
  return [{ atMs, message, evidence: [...evidence, ...wave.map(({ opened }) => opened.seq)] }];
}
