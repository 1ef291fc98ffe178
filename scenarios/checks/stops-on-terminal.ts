// A grant that is dead stays dead: knocking again costs quota and looks like an attack.

import type { Check } from '../../harness/check.ts';
import { formatMoment } from '../../harness/moment.ts';
import { counted, failure } from './instances.ts';
import { terminalRefusals } from './terminal.ts';

/** One more attempt is how a race with somebody else's refresh is ruled out. */
const KNOCKS_ALLOWED = 1;

const fix =
  'When a refresh is refused for good (`invalid_grant`), mark the account dead, ask once for reauthorization, and stop calling it until it has a new grant.';

export default {
  id: 'stops-on-terminal',
  title: 'After a terminal refusal the account is left alone',
  category: 'endOfLife',
  loses: 'other',
  why: 'A failed refresh-token exchange is not recoverable: the agent cannot self-heal, the user must re-authorize (RFC 6749 section 5.2, invalid_grant).',
  judged:
    'After the token endpoint has refused a grant for good, at most one more attempt per account and grant is allowed, ' +
    'unless with a newer refresh token: refreshes, and calls that were refused, count. Requests that were on their way do ' +
    'not. Where the subject never refreshes, the resource server’s first refusal of a dead grant counts instead.',
  fix,
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    const refusals = terminalRefusals(ledger);
    if (refusals.length === 0) return { verdict: 'inconclusive', message: 'No grant was refused for good.' };
    const instances = refusals.flatMap(({ account, refusal, knocks }) =>
      knocks.slice(KNOCKS_ALLOWED).map(({ opened }) => ({
        atMs: opened.at,
        message: `The grant of ${account} was refused for good at ${formatMoment(refusal.end.at)} (${refusal.end.truth}), and at ${formatMoment(opened.at)} it was tried once more than the one time that is allowed. The account should have been left alone.`,
        evidence: [refusal.end.seq, opened.seq],
      })),
    );
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(refusals.length, 'grant was', 'grants were')} refused for good and then left alone.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;
