// The most expensive mix-up there is: a call for one tenant, made with the token of another, and answered.

import type { Check } from '../../harness/check.ts';
import type { BrokerCallReturned, BrokerCallSent } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type AskedCall, askedCallsOf, errorOf } from './asked-calls.ts';
import { type Attempt, attemptsOf, ownerOf, succeeded } from './attempts.ts';
import { SAYS_BARRED, WORDS_OF_ACCESS } from './barred.ts';
import { replacements } from './consents.ts';
import { counted, failure, type Instance } from './instances.ts';

const fix =
  'Look a token up by the id of the account that the call is for, and by nothing that accounts share, such as the service or the URL; a new consent replaces all that came of the one before.';

export default {
  id: 'right-identity',
  title: 'No call carries the token of another account, or of another consent',
  category: 'identity',
  loses: 'secret',
  why: 'A cache that is keyed by the URL, or a field that requests share, hands out the first valid token of anyone: the call succeeds, on somebody else’s data (IBM/mcp-context-forge#1078).',
  judged:
    'Each request upstream for which it is known whom it was meant for (by the mark that hour4 put into the call’s ' +
    'headers, or by a path that only one account was asked for) must carry a token of that very account. A call that is asked for ' +
    'after a new consent was taken must carry a token of that consent: the one before may reach further than it should, or ' +
    'less far. Which scope a route needs the service alone knows, so that nobody has to refuse a call before it is sent; who does ' +
    'must name what is missing, and must not do so where the service grants the same to the same account.',
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const known = attemptsOf(ledger).filter(
      ({ opened }) => opened.endpoint === 'resource' && opened.meantFor !== null && opened.account !== null,
    );
    const refusals = refusedBeforeTheWire(ledger);
    if (known.length === 0 && refusals.length === 0) {
      const message = 'Of no request upstream is it known for which account it was meant.';
      return { verdict: 'inconclusive', message };
    }
    const instances = [
      ...ofAnotherAccount(ledger, known),
      ...ofAnotherConsent(ledger),
      ...refusals.flatMap((refusal) => poorlyRefused(ledger, refusal)),
    ];
    if (instances.length > 0) return failure(instances, fix);
    const before =
      refusals.length === 0
        ? ''
        : ` ${counted(refusals.length, 'call')} refused before the wire, with the reason.`;
    return {
      verdict: 'pass',
      message: `${counted(known.length, 'request')} upstream, each with a token of the account it was meant for.${before}`,
    };
  },
} satisfies Check;

function ofAnotherAccount(ledger: Ledger, known: readonly Attempt[]): Instance[] {
  const tenants = new Map(ledger.world.accounts.map(({ id, tenant }) => [id, tenant]));
  return known
    .filter(({ opened }) => opened.account !== opened.meantFor)
    .map((attempt): Instance => {
      const { at, seq, account, meantFor, route } = attempt.opened;
      const other = tenants.get(account ?? '') !== tenants.get(meantFor ?? '');
      const whose = other ? ', which is another tenant’s' : '';
      const outcome = succeeded(attempt) ? ', and was answered' : '';
      const message = `At ${formatMoment(at)} the call \`${route}\` for ${meantFor} went out with a token of ${account}${whose}${outcome}. It should have carried its own.`;
      return { atMs: at, message, evidence: [seq] };
    });
}

// What was asked for before the new consent was taken may still be on its way.
function ofAnotherConsent(ledger: Ledger): Instance[] {
  const taken = replacements(ledger);
  return askedCallsOf(ledger).flatMap(({ sent, upstream }): Instance[] => {
    const last = taken.findLast(({ account, takenSeq }) => account === sent.account && takenSeq < sent.seq);
    const stale = upstream.find(({ opened }) => last?.replaced.has(opened.token ?? ''))?.opened;
    if (last === undefined || stale === undefined) return [];
    const message = `At ${formatMoment(stale.at)} the call \`${stale.route}\` for ${sent.account} went out with a token of the consent before the one that was taken at ${formatMoment(last.takenAtMs)}. It should have carried one of the new consent.`;
    return [{ atMs: stale.at, message, evidence: [last.takenSeq, stale.seq] }];
  });
}

/** A call that a broker refused for its account, its scope or its installation. */
interface RefusedCall extends AskedCall {
  readonly returned: BrokerCallReturned;
  readonly code: string;
  readonly said: string;
}

// What is sent for the account meanwhile may have been this call in other words.
function refusedBeforeTheWire(ledger: Ledger): readonly RefusedCall[] {
  const attempts = attemptsOf(ledger).filter(({ opened }) => opened.endpoint === 'resource');
  return askedCallsOf(ledger).flatMap((call): RefusedCall[] => {
    const { sent, returned } = call;
    const error = errorOf(returned);
    if (returned === null || error === null || !SAYS_BARRED.has(error.code)) return [];
    const isSent = attempts.some(
      ({ opened }) =>
        ownerOf({ opened, end: null }) === sent.account && opened.seq > sent.seq && opened.seq < returned.seq,
    );
    return isSent ? [] : [{ ...call, returned, code: error.code, said: error.message }];
  });
}

function poorlyRefused(ledger: Ledger, { sent, returned, code, said }: RefusedCall): Instance[] {
  const call = `At ${formatMoment(returned.at)} the call \`${sent.method} ${sent.path}\` for ${sent.account} was refused as ${code} before it was sent`;
  if (!WORDS_OF_ACCESS.test(said)) {
    const message = `${call}, without a word of what is missing. The account, and the scope or installation that it lacks, should have been named.`;
    return [{ atMs: returned.at, message, evidence: [sent.seq, returned.seq] }];
  }
  const served = servedUnchanged(ledger, sent, returned.seq);
  if (served === undefined) return [];
  const message = `${call}, and the service granted the same at ${formatMoment(served.at)} to the same account. It should have been sent.`;
  return [{ atMs: returned.at, message, evidence: [returned.seq, served.seq] }];
}

// The same request, answered afterwards, when nothing had happened to the account.
function servedUnchanged(ledger: Ledger, { account, method, path }: BrokerCallSent, afterSeq: number) {
  const plain = path?.split('?')[0];
  const served = attemptsOf(ledger)
    .filter(succeeded)
    .find(
      (attempt) =>
        attempt.opened.seq > afterSeq &&
        ownerOf(attempt) === account &&
        attempt.opened.method === method &&
        attempt.opened.path === plain,
    )?.end;
  const hasChanged = ledger.entries.some(
    (entry) =>
      (entry.kind === 'act' ||
        (entry.kind === 'call.sent' && 'operation' in entry && entry.operation === 'connect')) &&
      entry.account === account &&
      entry.seq > afterSeq &&
      entry.seq < (served?.seq ?? 0),
  );
  return hasChanged ? undefined : served;
}
