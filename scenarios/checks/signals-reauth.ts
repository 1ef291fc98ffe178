// A dead grant needs a person. Somebody has to tell them: once, at once, with the right account, and not for nothing.

import type { Check } from '../../harness/check.ts';
import { formatDuration } from '../../harness/duration.ts';
import type { EntryOf } from '../../harness/entry.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { isTerminalForGrant, type Refusal } from '../../mocks/index.ts';
import { attemptsOf, isRefused, saysInvalidGrant } from './attempts.ts';
import { type Reconnection, reconnections } from './consents.ts';
import { type GrantEnd, grantEnds, newsOf } from './grant-ends.ts';
import { counted, failure, type Instance } from './instances.ts';
import { claimsFor, type Signal, signalsOf } from './signals.ts';

const WITHIN_MS = 5000;

// Where time is compressed, they are seconds of the subject's own clock.
const withinMs = ({ world: { timeFactor = 1 } }: Ledger): number => WITHIN_MS * timeFactor;

const fix =
  'On `invalid_grant`, before anything else is sent for the account, POST once `{ type: "reauth_required", account, service, reason: "unknown", at, reauth_url }`; after the new consent once `reauth_succeeded`.';

export default {
  id: 'signals-reauth',
  title: 'The end of a grant leads to one request for a new consent, and its return to one word of success',
  category: 'endOfLife',
  loses: 'other',
  why: 'A refresh token that is refused for good cannot be healed by the agent: its user must be told which account, at which service, and why; told twice they learn to look away, told for an outage they sign in for nothing.',
  judged:
    `After the token endpoint has refused a grant for good, one \`reauth_required\` is due within ${WITHIN_MS / 1000} s, and before another ` +
    'request for this account. It names account and service, and a reason that is true, or `unknown`. Identical repetitions within ' +
    'a minute count as one. A service’s own message, if it is answered with 2xx, obliges as a refusal does. Without a refusal ' +
    'or a message there must be none, and a message that is not signed by the service is none. A consent that is given ' +
    `again is told by one \`reauth_succeeded\` within ${WITHIN_MS / 1000} s. An agent may tell the end in its claim alone, under \`reauth\`, ` +
    'if it sends nothing for the account in between; it is started again with a new consent, and owes no word of success.',
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    const signals = signalsOf(ledger);
    const ends = grantEnds(ledger);
    const consents = reconnections(ledger);
    if (ends.length === 0 && signals.length === 0 && consents.length === 0)
      return { verdict: 'inconclusive', message: 'No grant was refused for good.' };
    const required = signals.filter(({ type }) => type === 'reauth_required');
    const instances = [
      ...ends.flatMap((end) => poorlyTold(ledger, end, required)),
      ...falseAlarms(ledger, required),
      ...consents.flatMap((consent) => poorlyWelcomed(ledger, consent, signals)),
    ];
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(ends.length, 'end')} of a grant and ${counted(consents.length, 'new consent')}, each told once.${detections(ledger, ends)}`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

function poorlyTold(
  ledger: Ledger,
  { account, service, learntBy, at, seq, truth, untilSeq }: GrantEnd,
  required: readonly Signal[],
): Instance[] {
  const end =
    learntBy === 'refusal'
      ? `The grant of ${account} was refused for good at ${formatMoment(at)} (${truth})`
      : `At ${formatMoment(at)} the broker took ${service}’s own message that the grant of ${account} is over (${truth})`;
  const told = required.filter(
    (signal) => signal.account === account && isAbout(signal, ledger, account, untilSeq, seq),
  );
  const [first, second] = told;
  const found: Instance[] = [];
  const say = (what: string, evidence: number) =>
    found.push({ atMs: at, message: `${end}, ${what}`, evidence: [seq, evidence] });
  const sayIfTooEarly = (toldSeq: number) => {
    const early = attemptsOf(ledger).find(
      ({ opened }) => opened.account === account && opened.at > at && opened.seq < toldSeq,
    )?.opened;
    if (early !== undefined)
      say(
        `and at ${formatMoment(early.at)} another request was sent for it before anybody was told. The word should have come first.`,
        early.seq,
      );
  };
  // What an agent says of its whole run comes at the end of it.
  const claimed = claimsFor(ledger, account).find((entry) => entry.seq > seq && entry.seq < untilSeq);
  if (first === undefined && claimed !== undefined) {
    sayIfTooEarly(claimed.seq);
    return found;
  }
  if (first === undefined || first.entry.at > at + withinMs(ledger)) {
    const how =
      first === undefined ? 'and nobody was told' : `and it was told at ${formatMoment(first.entry.at)} only`;
    return [
      {
        atMs: at,
        message: `${end}, ${how}. A \`reauth_required\` was due within ${WITHIN_MS / 1000} s.`,
        evidence: [seq],
      },
    ];
  }
  if (second !== undefined)
    say(
      `and it was told at ${formatMoment(first.entry.at)} and again at ${formatMoment(second.entry.at)}. Once is enough, over all replicas.`,
      second.entry.seq,
    );
  if (first.service !== service)
    say('and what was told does not name its service. It should have.', first.entry.seq);
  if (!isTrueReason(first, truth))
    say(
      `and what was told gives the reason ${JSON.stringify(first.reason)}. Where the reason is not known it should say unknown.`,
      first.entry.seq,
    );
  sayIfTooEarly(first.entry.seq);
  return found;
}

// Whoever was told by the service itself may pass it on before the token endpoint says so.
function isAbout(
  { entry }: Signal,
  ledger: Ledger,
  account: string,
  untilSeq: number,
  refusedSeq: number,
): boolean {
  if (entry.seq > untilSeq) return false;
  if (entry.seq > refusedSeq) return true;
  return newsOf(ledger, account).some((seq) => seq < entry.seq);
}

function isTrueReason({ reason }: Signal, truth: Refusal): boolean {
  if (reason === 'unknown') return true;
  if (truth === 'idle' || truth === 'capped') return reason === 'expired';
  return reason === 'revoked';
}

function falseAlarms(ledger: Ledger, required: readonly Signal[]): Instance[] {
  const refused = attemptsOf(ledger)
    .filter(isRefused)
    .filter(
      ({ end }) => isTerminalForGrant(end.truth) || end.truth === 'client-deleted' || saysInvalidGrant(end),
    );
  return required.flatMap(({ account, entry }) => {
    const isTrue =
      refused.some(({ opened, end }) => opened.account === account && end.seq < entry.seq) ||
      newsOf(ledger, account).some((seq) => seq < entry.seq);
    if (isTrue) return [];
    const message = `At ${formatMoment(entry.at)} a new consent was asked for ${account}, whose grant nobody had refused. A user should not be asked for nothing.`;
    return [{ atMs: entry.at, message, evidence: [entry.seq] }];
  });
}

function poorlyWelcomed(
  ledger: Ledger,
  { account, at, seq }: Reconnection,
  signals: readonly Signal[],
): Instance[] {
  const untilMs = at + withinMs(ledger);
  const told = signals.filter(
    ({ type, account: named, entry }) =>
      type === 'reauth_succeeded' && named === account && entry.seq > seq && entry.at <= untilMs,
  );
  if (told.length === 1) return [];
  const how = told.length === 0 ? 'and nobody was told' : `and it was told ${told.length} times`;
  const message = `At ${formatMoment(at)} ${account} was given a new consent, ${how}. One \`reauth_succeeded\` was due within ${WITHIN_MS / 1000} s.`;
  return [{ atMs: at, message, evidence: [seq, ...told.map(evidenceOf)] }];
}

const evidenceOf = ({ entry }: { readonly entry: EntryOf<'event.received'> }) => entry.seq;

// How long after its end each grant was known to be over: a second where the service tells, until the next refresh elsewhere.
function detections(ledger: Ledger, ends: readonly GrantEnd[]): string {
  const acts = entriesOf(ledger, 'act');
  const said = ends.flatMap(({ account, service, at, seq, learntBy }) => {
    const act = acts.findLast((each) => each.account === account && each.seq < seq);
    if (act === undefined) return [];
    const how = learntBy === 'message' ? 'told by the service' : 'by a refusal';
    return [`${service} ${formatDuration(at - act.at)} after it (${how})`];
  });
  return said.length === 0 ? '' : ` The end was known: ${said.join(', ')}.`;
}
