// Accounts that were connected together come to their end together: who refreshes all of them then makes a load spike.

import type { Check } from '../../harness/check.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type Attempt, isAnswered, succeeded } from './attempts.ts';
import { densest, type Herd, herdsOf, SMALLEST_COHORT } from './herds.ts';
import { counted, failure, type Instance } from './instances.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
/** The part of a cohort that may come within one second, and within one minute. */
const PART_PER_SECOND = 0.1;
const PART_PER_MINUTE = 1 / 3;
/** Small cohorts come in small numbers: so many in one second are no wave. */
const FEW = 5;
/** Where tokens live for minutes only, a cohort that is spread as evenly as can be is this dense. */
const OVER_UNIFORM = 3;

const fix =
  'Draw the moment of each refresh from the last part of the token’s life: `refreshAtMs = issuedAtMs + lifeMs * (0.7 + 0.2 * Math.random())`, with a timer per account.';

export default {
  id: 'herd-spread',
  title: 'A cohort’s refreshes are spread over the life of its tokens',
  category: 'herd',
  loses: 'other',
  why: 'Accounts connected within one deployment window reach their boundary at the same time, and every one of them fires a refresh at the same endpoint: a scheduled load spike (mozilla/fxa-oauth-server#370).',
  judged:
    `For each service with at least ${SMALLEST_COHORT} accounts: of the refreshes that follow a success (repetitions after a failure are no-resync’s), not more than a tenth ` +
    `of the cohort, and ${FEW}, may come within one virtual second, and not more than a third of it within one minute, or ${OVER_UNIFORM} times ` +
    'what an even spread over the life of a token would bring.',
  fix,
  needs: ['true-lifetimes'],
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const herds = herdsOf(ledger).map((herd) => ({ ...herd, planned: plannedOf(herd) }));
    const cohorts = herds.filter(({ planned, size }) => planned.length >= size / 2);
    if (cohorts.length === 0) {
      const message = `No service has ${SMALLEST_COHORT} accounts of which at least half were refreshed.`;
      return { verdict: 'inconclusive', message };
    }
    const instances = cohorts.flatMap(spikes);
    if (instances.length > 0) return failure(instances, fix);
    const said = cohorts.map(
      ({ service, size, planned }) =>
        `${counted(planned.length, 'refresh', 'refreshes')} of ${size} accounts of ${service}, at most ${densest(planned, SECOND_MS).length} within a second and ${densest(planned, MINUTE_MS).length} within a minute.`,
    );
    return { verdict: 'pass', message: `There were ${said.join(' There were ')}` };
  },
} satisfies Check;

type Cohort = Herd & { readonly planned: readonly Attempt[] };

// Only the first of several attempts at the same refresh was sent when it was meant to be.
function plannedOf({ knocks }: Herd): readonly Attempt[] {
  const failed = new Set<string | null>();
  return knocks.filter((attempt) => {
    const { account } = attempt.opened;
    const repeats = failed.has(account);
    if (succeeded(attempt)) failed.delete(account);
    else failed.add(account);
    return !repeats;
  });
}

function spikes(cohort: Cohort): Instance[] {
  const { service, size, lifeMs, planned, knocks } = cohort;
  const perMinute = lifeMs === null ? 0 : (size * MINUTE_MS) / lifeMs;
  const windows = [
    { name: 'second', peak: densest(planned, SECOND_MS), most: Math.max(FEW, size * PART_PER_SECOND) },
    {
      name: 'minute',
      peak: densest(planned, MINUTE_MS),
      most: Math.max(FEW, size * PART_PER_MINUTE, perMinute * OVER_UNIFORM),
    },
  ];
  const limited = knocks.filter((knock) => isAnswered(knock) && knock.end.status === 429).length;
  const refused =
    limited === 0 ? '' : ` ${counted(limited, 'of them was', 'of them were')} refused as too many.`;
  return windows.flatMap(({ name, peak, most }): Instance[] => {
    const [first] = peak.length > most ? peak : [];
    if (first === undefined) return [];
    const message = `Within one ${name} from ${formatMoment(first.opened.at)} on ${peak.length} of ${size} accounts of ${service} were refreshed; spread evenly it would have been ${even(perMinute, name)}.${refused}`;
    return [{ atMs: first.opened.at, message, evidence: peak.map(({ opened }) => opened.seq) }];
  });
}

const even = (perMinute: number, name: string) =>
  (name === 'minute' ? perMinute : perMinute / 60).toPrecision(2);
