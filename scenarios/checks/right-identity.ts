// The most expensive mix-up there is: a call for one tenant, made with the token of another, and answered.

import type { Check } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { askedCallsOf } from './asked-calls.ts';
import { type Attempt, attemptsOf, succeeded } from './attempts.ts';
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
    'less far. Which scope a route needs the service alone knows, so that nobody has to refuse a call before it is sent; how that is ' +
    'done is judged by not-found-diagnosed.',
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const known = attemptsOf(ledger).filter(
      ({ opened }) => opened.endpoint === 'resource' && opened.meantFor !== null && opened.account !== null,
    );
    if (known.length === 0) {
      const message = 'Of no request upstream is it known for which account it was meant.';
      return { verdict: 'inconclusive', message };
    }
    const instances = [...ofAnotherAccount(ledger, known), ...ofAnotherConsent(ledger)];
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(known.length, 'request')} upstream, each with a token of the account it was meant for.`,
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
