// "Not found" and "forbidden" have many causes, and most of them are the caller's own: the wrong account, or too little scope.

import type { Check } from '../../harness/check.ts';
import type { BrokerCallReturned } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import type { Refusal } from '../../mocks/index.ts';
import { type AskedCall, askedCallsOf, errorOf, saidDone } from './asked-calls.ts';
import {
  type Answered,
  type Attempt,
  attemptsOf,
  contentOf,
  inOrderOfAnswer,
  isAnswered,
  isRefused,
  ownerOf,
} from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';
import { type Refresh, refreshesOf } from './refreshes.ts';

/** Truths that no other token of the same grant can heal. */
const BARRED: ReadonlySet<string> = new Set([
  'scope-missing',
  'other-tenant',
  'other-resource',
  'denied-by-policy',
  'service-restricted',
  'ip-restricted',
  'session-policy',
  'api-disabled',
  'org-without-api',
] satisfies Refusal[]);

/** One more send, after a refresh, is how the age of the token is ruled out. */
const SENDS_ALLOWED = 2;
/** How many refreshes of one account may go into finding out that it is not the token's age. */
const REFRESHES_ALLOWED = 2;

/** Someone who asks for the same thing after this time asks anew. */
const ANEW_AFTER_MS = 60_000;

/** Codes that say "you may not", or "not as this account". */
const SAYS_BARRED: ReadonlySet<string> = new Set(['PERMISSION_DENIED', 'WRONG_IDENTITY']);
/** Codes that say so only together with words that do. */
const MAY_SAY_BARRED: ReadonlySet<string> = new Set(['NOT_FOUND', 'REAUTH_REQUIRED']);
const SAYS_LIMITED: ReadonlySet<string> = new Set(['RATE_LIMITED', 'UPSTREAM_UNAVAILABLE']);
/** Words by which a message leaves room for the true reason. */
const WORDS_OF_ACCESS =
  /\b(permi\w+|scopes?|access\w*|allow\w*|installations?|tenants?|visible|shows?|shown|see|entitled|authori[sz]\w*|polic\w+|identity|to this account|another account)\b/i;

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
    'must be PERMISSION_DENIED or WRONG_IDENTITY, or NOT_FOUND or REAUTH_REQUIRED with words about access, and not retryable; a limit that is told ' +
    `with a 403 must be RATE_LIMITED or UPSTREAM_UNAVAILABLE. The same request is sent at most ${SENDS_ALLOWED} times, by each of those that ask for it side by side, and at most ` +
    `${REFRESHES_ALLOWED} refreshes of an account are spent on such refusals by a broker.`,
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ kind, ledger }) => {
    const refusals = attemptsOf(ledger).filter(isBarred);
    const calls = metUpstream(ledger);
    const limited = calls.filter(({ truth }) => truth === 'rate-limited');
    if (refusals.length === 0 && limited.length === 0) {
      const message = 'No call was refused for its account, its scope or a policy.';
      return { verdict: 'inconclusive', message };
    }
    const instances = [
      ...calls.flatMap(misreported),
      ...repeated(refusals),
      // An agent that comes back round after round asks anew each time; its loops are judged by bounded-retries.
      ...(kind === 'broker' ? remints(refusals, refreshesOf(ledger), attemptsOf(ledger)) : []),
    ];
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(refusals.length, 'refusal')} for account, scope or policy and ${counted(limited.length, 'call')} that met a limit, each taken for what it was.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

function isBarred(attempt: Attempt): attempt is Answered {
  return attempt.opened.endpoint === 'resource' && isAnswered(attempt) && BARRED.has(attempt.end.truth);
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
  const isLimit = truth === 'rate-limited';
  if (!isLimit && !BARRED.has(truth)) return [];
  const wrong = wrongIn(returned, isLimit);
  if (wrong === null) return [];
  const should = isLimit ? 'a limit that passes' : 'a matter of account, scope or policy';
  const message = `At ${formatMoment(returned.at)} a call for ${sent.account} was refused with ${last.status} (in truth: ${truth}), and ${wrong}. It should have been reported as ${should}.`;
  return [
    { atMs: returned.at, message, evidence: [...upstream.map(({ opened }) => opened.seq), returned.seq] },
  ];
}

function wrongIn(returned: BrokerCallReturned, isLimit: boolean): string | null {
  if (saidDone(returned)) return 'the broker said that it was done';
  const error = errorOf(returned);
  if (error === null) return null;
  if (!isLimit && error.retryable === true) return `the broker called it retryable (${error.code})`;
  const isTrue = isLimit ? SAYS_LIMITED.has(error.code) : saysBarred(error);
  return isTrue ? null : `the broker reported ${error.code || 'no code'}`;
}

const saysBarred = ({ code, message }: { readonly code: string; readonly message: string }) =>
  SAYS_BARRED.has(code) || (MAY_SAY_BARRED.has(code) && WORDS_OF_ACCESS.test(message));

const sameRequest = (attempt: Answered) => `${ownerOf(attempt)} ${contentOf(attempt)}`;

function repeated(refusals: readonly Answered[]): Instance[] {
  const rows = Map.groupBy(inOrderOfAnswer(refusals), sameRequest);
  return [...rows.values()].flatMap((row): Instance[] => {
    const [burst] = burstsIn(row).filter((sends) => sends.length > SENDS_ALLOWED * callersOf(sends));
    const [first] = burst ?? [];
    if (burst === undefined || first === undefined) return [];
    const beyond = burst[SENDS_ALLOWED * callersOf(burst)] ?? first;
    const message = `The request \`${first.opened.route}\` for ${ownerOf(first)} was refused (${first.end.truth}) at ${formatMoment(first.end.at)}, and was sent ${counted(burst.length - 1, 'more time')}. No repetition heals that.`;
    return [{ atMs: beyond.opened.at, message, evidence: burst.map(({ opened }) => opened.seq) }];
  });
}

/** The sends of one request, apart where it was asked for anew. */
function burstsIn(row: readonly Answered[]): readonly Answered[][] {
  const bursts: Answered[][] = [];
  for (const send of row) {
    const burst = bursts.at(-1);
    const isAnew = send.opened.at - (burst?.[0]?.opened.at ?? 0) > ANEW_AFTER_MS;
    if (burst === undefined || isAnew) bursts.push([send]);
    else burst.push(send);
  }
  return bursts;
}

/** How many asked for the same thing without knowing of each other: nobody had been refused yet. */
const callersOf = (burst: readonly Answered[]): number =>
  burst.filter(({ opened }) => opened.seq < (burst[0]?.end.seq ?? 0)).length;

function remints(
  refusals: readonly Answered[],
  refreshes: readonly Refresh[],
  attempts: readonly Attempt[],
): Instance[] {
  const byAccount = Map.groupBy(refusals, ownerOf);
  return [...byAccount].flatMap(([account, own]): Instance[] => {
    const spent = own.flatMap((refusal) => {
      const again = attempts.find(
        (attempt) =>
          attempt.opened.seq > refusal.end.seq &&
          attempt.opened.at - refusal.end.at <= ANEW_AFTER_MS &&
          ownerOf(attempt) === account &&
          contentOf(attempt) === contentOf(refusal),
      );
      if (again === undefined) return [];
      const refresh = refreshes.find(
        ({ account: of, attempt: { opened } }) =>
          of === refusal.opened.account && opened.seq > refusal.end.seq && opened.seq < again.opened.seq,
      );
      return refresh === undefined ? [] : [{ refusal, refresh }];
    });
    const beyond = spent[REFRESHES_ALLOWED];
    if (beyond === undefined) return [];
    const { at, seq } = beyond.refresh.attempt.opened;
    const message = `At ${formatMoment(at)} ${account} was refreshed because of a refusal (${beyond.refusal.end.truth}) that no new token heals, ${counted(spent.length, 'time')} in all. It should have been learned from the first.`;
    return [{ atMs: at, message, evidence: [beyond.refusal.end.seq, seq] }];
  });
}
