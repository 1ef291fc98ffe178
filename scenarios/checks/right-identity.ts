// The most expensive mix-up there is: a call for one tenant, made with the token of another, and answered.

import type { Check } from '../../harness/check.ts';
import { formatMoment } from '../../harness/moment.ts';
import { attemptsOf, succeeded } from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';

const fix =
  'Look a token up by the id of the account that the call is for, and by nothing that accounts share, such as the service or the URL.';

export default {
  id: 'right-identity',
  title: 'No call carries the token of another account',
  category: 'identity',
  loses: 'secret',
  why: 'A cache that is keyed by the URL, or a field that requests share, hands out the first valid token of anyone: the call succeeds, on somebody else’s data (IBM/mcp-context-forge#1078).',
  judged:
    'Each request upstream for which it is known whom it was meant for (by the mark that hour4 put into the call’s ' +
    'headers, or by a path that only one account was asked for) must carry a token of that very account.',
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
    const tenants = new Map(ledger.world.accounts.map(({ id, tenant }) => [id, tenant]));
    const instances = known
      .filter(({ opened }) => opened.account !== opened.meantFor)
      .map((attempt): Instance => {
        const { at, seq, account, meantFor, route } = attempt.opened;
        const other = tenants.get(account ?? '') !== tenants.get(meantFor ?? '');
        const whose = other ? ', which is another tenant’s' : '';
        const outcome = succeeded(attempt) ? ', and was answered' : '';
        const message = `At ${formatMoment(at)} the call \`${route}\` for ${meantFor} went out with a token of ${account}${whose}${outcome}. It should have carried its own.`;
        return { atMs: at, message, evidence: [seq] };
      });
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(known.length, 'request')} upstream, each with a token of the account it was meant for.`,
    };
  },
} satisfies Check;
