// The end of an access token is a scheduled event: the call that meets it must be made again with a new token.

import type { Check } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import {
  type Attempt,
  attemptsOf,
  contentOf,
  inOrderOfAnswer,
  isRefused,
  ownerOf,
  type Refused,
  succeeded,
} from './attempts.ts';
import { idsNamed, idsTold } from './ids.ts';
import { counted, failure, type Instance } from './instances.ts';
import { type LostWork, lostWork } from './lost-work.ts';
import { callsBeyondAnExpiry, isRefusedForAge } from './token-lives.ts';

const fix =
  'On a 401, refresh once and send the same request again: `if (res.status === 401) { await refresh(account); res = await send(request); }`';

export default {
  id: 'calls-survive-expiry',
  title: 'No call is lost to an access-token expiry that a refresh could have healed',
  category: 'rotation',
  loses: 'data',
  why: 'Access-token expiry is noisy and recoverable; it is a scheduled event, not an error condition.',
  judged:
    'A call that was in truth refused because its access token was over, while the grant lived, must be answered later: ' +
    'the same request, or each object it named, or, for a request that names none, one on the same route with nothing ' +
    'missing of what the healthy twin wrote in between.',
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ ledger, twin }) => {
    const beyond = callsBeyondAnExpiry(ledger).length;
    if (beyond === 0) {
      const message = 'No account was called beyond the end of an access token.';
      return { verdict: 'inconclusive', message };
    }
    const instances = lostCalls(ledger, twin).map(instance);
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(beyond, 'call')} beyond an expiry, and none was lost to it.`,
    };
  },
} satisfies Check;

function lostCalls(run: Ledger, twin: Ledger | null): Refused[] {
  const attempts = attemptsOf(run);
  const ids = idsTold(run, twin);
  const lost = lostWork(run, twin);
  const exchanges = Map.groupBy(
    attempts.filter(({ opened }) => opened.endpoint === 'token'),
    ({ opened }) => opened.account,
  );
  const successes = inOrderOfAnswer(attempts.filter(succeeded));
  const onRoute = Map.groupBy(successes, workKey);
  // The last success of a request, and of the work on an object: what comes before a refusal does not heal it.
  const lastSeq = new Map<string, number>();
  for (const success of successes) {
    lastSeq.set(contentOf(success), success.end.seq);
    for (const id of idsNamed(success, ids)) lastSeq.set(`${workKey(success)} ${id}`, success.end.seq);
  }
  return attempts.filter(isRefusedForAge).filter((call) => {
    const isHealed = (key: string) => (lastSeq.get(key) ?? 0) > call.end.seq;
    if (diedWithItsGrant(exchanges.get(call.opened.account) ?? [], call) || isHealed(contentOf(call)))
      return false;
    const named = [...idsNamed(call, ids)];
    if (named.length > 0) return !named.every((id) => isHealed(`${workKey(call)} ${id}`));
    const next = (onRoute.get(workKey(call)) ?? []).find(({ end }) => end.seq > call.end.seq);
    return next === undefined || lost.some((work) => isLostBetween(work, call, next));
  });
}

const workKey = (attempt: Attempt) =>
  JSON.stringify([ownerOf(attempt), attempt.opened.method, attempt.opened.route]);

// What the twin wrote while the run's route lay dead hung on this call.
function isLostBetween({ accounts, atMs }: LostWork, call: Refused, next: Attempt): boolean {
  return accounts.has(ownerOf(call)) && atMs >= call.opened.at && atMs < next.opened.at;
}

// Where the refresh itself was then refused, it was not the access token's expiry that lost the call.
function diedWithItsGrant(exchanges: readonly Attempt[], call: Refused): boolean {
  const next = exchanges.find(({ opened }) => opened.seq > call.end.seq);
  return next !== undefined && isRefused(next);
}

function instance(call: Refused): Instance {
  const { opened, end } = call;
  return {
    atMs: end.at,
    message: `At ${formatMoment(end.at)} ${ownerOf(call)} refused \`${opened.route}\` because its access token was over (${end.truth}). A refresh would have healed it, and the call was never answered.`,
    evidence: [opened.seq, end.seq],
  };
}
