// "Not found" and "forbidden" have many causes, and most of them are the caller's own: the wrong account, or too little scope.

import type { Check } from '../../harness/check.ts';
import type { BrokerCallReturned } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type AskedCall, askedCallsOf, errorOf, saidDone } from './asked-calls.ts';
import { type Answered, type Attempt, attemptsOf, isAnswered, isRefused } from './attempts.ts';
import { BARRED, MAY_SAY_BARRED, SAYS_BARRED, WORDS_OF_ACCESS } from './barred.ts';
import { mintedInVain, REFRESHES_ALLOWED, remints } from './barred-remints.ts';
import { repeated, SENDS_ALLOWED, unasked, withoutFresh } from './barred-repeats.ts';
import { counted, failure, type Instance } from './instances.ts';
import { refreshesOf } from './refreshes.ts';
import { poorlyRefused, refusedBeforeTheWire } from './refused-unsent.ts';
import { FRESH_MS } from './token-lives.ts';

/** What passes by itself, and how it should be told. */
const PASSING: ReadonlyMap<Met['truth'], string> = new Map<Met['truth'], string>([
  ['rate-limited', 'a limit that passes'],
  ['not-yet-known', 'trouble that passes'],
]);
const SAYS_PASSING: ReadonlySet<string> = new Set(['RATE_LIMITED', 'UPSTREAM_UNAVAILABLE']);
const fix =
  'On 403 or 404 keep the token, send nothing again, and report what it may be: `{ code: "WRONG_IDENTITY", message: "<account> (installation, scopes) does not show <path>" }`.';

export default {
  id: 'not-found-diagnosed',
  title: 'A refusal for the wrong account, installation or scope is reported as that',
  category: 'identity',
  loses: 'other',
  why: 'With the wrong installation or too little scope GitHub says 404: the agent concludes that the object does not exist, or refreshes a token that was never old (getsentry/action-github-app-token#18, helix#204).',
  judged:
    'Judged by the truth, whatever the wire said. After a refusal for scope, tenant, installation or policy a broker’s code ' +
    'must be PERMISSION_DENIED or WRONG_IDENTITY, or NOT_FOUND or REAUTH_REQUIRED with words about access, and not retryable; a broker that refuses a call so before it is sent must ' +
    'have words about access as well, and must not refuse what the service then grants to the same account. A limit that is told ' +
    'with a 403, and a fresh token that the server does not know yet, must be RATE_LIMITED or UPSTREAM_UNAVAILABLE. ' +
    `The same request is sent at most ${SENDS_ALLOWED} times, by each of those that ask for it side by side; by a broker ` +
    `so often for each time that it was asked, however much later. Sends of a token of less than ${FRESH_MS / 1000} s, which may not be known yet, do not count. At most ${REFRESHES_ALLOWED} refreshes of an account are spent on such refusals by a broker, and at most ` +
    `${REFRESHES_ALLOWED} after one replace a token that has most of its life before it.`,
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ kind, ledger }) => {
    const refusals = attemptsOf(ledger).filter(isBarred);
    const calls = metUpstream(ledger);
    const limited = calls.filter(({ truth }) => truth === 'rate-limited');
    const unsent = refusedBeforeTheWire(ledger);
    const early = attemptsOf(ledger).filter(isEarly);
    if (refusals.length + limited.length + unsent.length + early.length === 0) {
      const message = 'No call was refused for its account, its scope or a policy.';
      return { verdict: 'inconclusive', message };
    }
    const counting = withoutFresh(ledger, refusals);
    const instances = [
      ...calls.flatMap(misreported),
      ...unsent.flatMap((refused) => poorlyRefused(ledger, refused)),
      ...repeated(counting),
      // An agent that comes back round after round asks anew each time; its loops are judged by bounded-retries.
      ...(kind === 'broker'
        ? [
            ...unasked(ledger, counting),
            ...remints([...refusals, ...early], refreshesOf(ledger), attemptsOf(ledger)),
            ...mintedInVain(ledger, refusals),
          ]
        : []),
    ];
    if (instances.length > 0) return failure(instances, fix);
    const before =
      unsent.length === 0 ? '' : ` ${counted(unsent.length, 'call')} refused unsent, with the reason.`;
    const met = [
      `${counted(refusals.length, 'refusal')} for account, scope or policy`,
      ...(early.length === 0 ? [] : [`${counted(early.length, 'refusal')} of a token that was too fresh`]),
      `${counted(limited.length, 'call')} that met a limit`,
    ];
    const message = `${met.join(' and ')}, each taken for what it was.${before}`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

function isBarred(attempt: Attempt): attempt is Answered {
  return attempt.opened.endpoint === 'resource' && isAnswered(attempt) && BARRED.has(attempt.end.truth);
}

function isEarly(attempt: Attempt): attempt is Answered {
  return isAnswered(attempt) && attempt.end.truth === 'not-yet-known';
}

/** A call of a broker, its last answer from upstream, and what the broker made of that. */
interface Met extends AskedCall {
  readonly returned: BrokerCallReturned;
  readonly last: Answered['end'];
  readonly truth: Answered['end']['truth'];
}

function metUpstream(ledger: Ledger): readonly Met[] {
  const refusedRefreshes = attemptsOf(ledger)
    .filter(({ opened }) => opened.endpoint === 'token')
    .filter(isRefused);
  return askedCallsOf(ledger).flatMap(({ sent, returned, upstream }) => {
    const attempt = upstream.at(-1);
    if (returned === null || attempt === undefined || !isAnswered(attempt)) return [];
    const last = attempt.end;
    // Where the token endpoint refused as well, after the call had been, the broker reports what it said there.
    const isOutdone = refusedRefreshes.some(
      ({ opened, end }) => opened.account === sent.account && opened.seq > last.seq && end.seq < returned.seq,
    );
    return isOutdone ? [] : [{ sent, returned, upstream, last, truth: truthOf(last) }];
  });
}

function truthOf({ truth, status, retryAfterMs }: Answered['end']): Met['truth'] {
  const isLimit = truth === 'fault' && (status === 429 || (status === 403 && retryAfterMs !== null));
  return isLimit ? 'rate-limited' : truth;
}

function misreported({ sent, returned, upstream, last, truth }: Met): Instance[] {
  const passes = PASSING.get(truth);
  if (passes === undefined && !BARRED.has(truth)) return [];
  const wrong = wrongIn(returned, passes !== undefined);
  if (wrong === null) return [];
  const should = passes ?? 'a matter of account, scope or policy';
  const message = `At ${formatMoment(returned.at)} a call for ${sent.account} was refused with ${last.status} (in truth: ${truth}), and ${wrong}. It should have been reported as ${should}.`;
  return [
    { atMs: returned.at, message, evidence: [...upstream.map(({ opened }) => opened.seq), returned.seq] },
  ];
}

function wrongIn(returned: BrokerCallReturned, passes: boolean): string | null {
  if (saidDone(returned)) return 'the broker said that it was done';
  const error = errorOf(returned);
  if (error === null) return null;
  if (!passes && error.retryable === true) return `the broker called it retryable (${error.code})`;
  const isTrue = passes ? SAYS_PASSING.has(error.code) : saysBarred(error);
  return isTrue ? null : `the broker reported ${error.code || 'no code'}`;
}

const saysBarred = ({ code, message }: { readonly code: string; readonly message: string }) =>
  SAYS_BARRED.has(code) || (MAY_SAY_BARRED.has(code) && WORDS_OF_ACCESS.test(message));
