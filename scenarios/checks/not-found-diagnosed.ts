// "Not found" and "forbidden" have many causes, and most of them are the caller's own: the wrong account, or too little scope.

import type { Check, Run } from '../../harness/check.ts';
import { formatMoment } from '../../harness/moment.ts';
import type { Refusal } from '../../mocks/index.ts';
import { type AskedCall, askedCallsOf, errorOf, saidDone } from './asked-calls.ts';
import {
  type Answered,
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
    `with a 403 must be RATE_LIMITED or UPSTREAM_UNAVAILABLE. The same request is sent at most ${SENDS_ALLOWED} times, and at most ` +
    `${REFRESHES_ALLOWED} refreshes of an account are spent on such refusals by a broker.`,
  fix,
  kinds: ['agent', 'broker'],
  judge: (run) => {
    const refusals = attemptsOf(run.ledger).filter(isBarred);
    const calls = run.kind === 'broker' ? askedCallsOf(run.ledger).filter(hasLastWord(run)) : [];
    const limited = calls.filter((call) => ofLast(call) === 'rate-limited' && call.returned !== null);
    if (refusals.length === 0 && limited.length === 0) {
      const message = 'No call was refused for its account, its scope or a policy.';
      return { verdict: 'inconclusive', message };
    }
    const instances = [
      ...calls.flatMap(misreported),
      ...repeated(refusals),
      // An agent that comes back round after round asks anew each time; its loops are judged by bounded-retries.
      ...(run.kind === 'broker' ? remints(refusals, refreshesOf(run.ledger), run) : []),
    ];
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(refusals.length, 'refusal')} for account, scope or policy and ${counted(limited.length, 'call')} that met a limit, each taken for what it was.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

function isBarred(attempt: ReturnType<typeof attemptsOf>[number]): attempt is Answered {
  return attempt.opened.endpoint === 'resource' && isAnswered(attempt) && BARRED.has(attempt.end.truth);
}

const ofLast = ({ upstream }: AskedCall) => {
  const last = upstream.at(-1);
  if (last === undefined || !isAnswered(last)) return null;
  const { truth, status, retryAfterMs } = last.end;
  const isLimit = truth === 'fault' && (status === 429 || (status === 403 && retryAfterMs !== null));
  return isLimit ? 'rate-limited' : truth;
};

// Where the token endpoint refused as well, after the call had been, the broker reports what it said there.
function hasLastWord({ ledger }: Run): (call: AskedCall) => boolean {
  const exchanges = attemptsOf(ledger)
    .filter(({ opened }) => opened.endpoint === 'token')
    .filter(isRefused);
  return ({ sent, returned, upstream }) => {
    const lastSeq = upstream.at(-1)?.end?.seq ?? Number.POSITIVE_INFINITY;
    return !exchanges.some(
      ({ opened, end }) =>
        opened.account === sent.account && opened.seq > lastSeq && end.seq < (returned?.seq ?? 0),
    );
  };
}

function misreported(call: AskedCall): Instance[] {
  const truth = ofLast(call);
  const { sent, returned, upstream } = call;
  if (truth === null || returned === null) return [];
  const wrong = BARRED.has(truth)
    ? wrongForBarred(call)
    : truth === 'rate-limited'
      ? wrongForLimited(call)
      : null;
  if (wrong === null) return [];
  const status = upstream.at(-1)?.end;
  const said = status?.kind === 'exchange.answered' ? status.status : 0;
  const should = truth === 'rate-limited' ? 'a limit that passes' : 'a matter of account, scope or policy';
  const message = `At ${formatMoment(returned.at)} a call for ${sent.account} was refused with ${said} (in truth: ${truth}), and ${wrong}. It should have been reported as ${should}.`;
  return [
    { atMs: returned.at, message, evidence: [...upstream.map(({ opened }) => opened.seq), returned.seq] },
  ];
}

function wrongForBarred({ returned }: AskedCall): string | null {
  if (saidDone(returned)) return 'the broker said that it was done';
  const error = errorOf(returned);
  if (error === null) return null;
  if (error.retryable === true) return `the broker called it retryable (${error.code})`;
  if (SAYS_BARRED.has(error.code)) return null;
  if (MAY_SAY_BARRED.has(error.code) && WORDS_OF_ACCESS.test(error.message)) return null;
  return `the broker reported ${error.code || 'no code'}`;
}

function wrongForLimited({ returned }: AskedCall): string | null {
  if (saidDone(returned)) return 'the broker said that it was done';
  const error = errorOf(returned);
  return error === null || SAYS_LIMITED.has(error.code)
    ? null
    : `the broker reported ${error.code || 'no code'}`;
}

const sameRequest = (attempt: Answered) => `${ownerOf(attempt)} ${contentOf(attempt)}`;

function repeated(refusals: readonly Answered[]): Instance[] {
  const rows = Map.groupBy(inOrderOfAnswer(refusals), sameRequest);
  return [...rows.values()].flatMap((row): Instance[] => {
    const [first] = row;
    const beyond = row[SENDS_ALLOWED];
    if (first === undefined || beyond === undefined || beyond.opened.at - first.opened.at > ANEW_AFTER_MS)
      return [];
    const message = `The request \`${beyond.opened.route}\` for ${ownerOf(beyond)} was refused (${first.end.truth}) at ${formatMoment(first.end.at)}, and was sent ${counted(row.length - 1, 'more time')}. No repetition heals that.`;
    return [{ atMs: beyond.opened.at, message, evidence: row.map(({ opened }) => opened.seq) }];
  });
}

function remints(refusals: readonly Answered[], refreshes: readonly Refresh[], { ledger }: Run): Instance[] {
  const nexts = attemptsOf(ledger).filter(({ opened }) => opened.endpoint === 'resource');
  const byAccount = Map.groupBy(refusals, ownerOf);
  return [...byAccount].flatMap(([account, own]): Instance[] => {
    const spent = own.flatMap((refusal) => {
      const next = nexts.find(
        (attempt) =>
          attempt.opened.seq > refusal.end.seq &&
          attempt.opened.at - refusal.end.at <= ANEW_AFTER_MS &&
          ownerOf(attempt) === account &&
          contentOf(attempt) === contentOf(refusal),
      );
      const refresh = refreshes.find(
        ({ account: of, attempt: { opened } }) =>
          of === refusal.opened.account &&
          opened.seq > refusal.end.seq &&
          opened.seq < (next?.opened.seq ?? refusal.end.seq),
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
