// A token outside the one place for secrets is everybody's token.

import type { Check } from '../../harness/check.ts';
import type { EntryOf } from '../../harness/entry.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { failure } from './instances.ts';

const fix =
  'Never print a header, a token answer or a whole error object: log the account id and the status instead.';

export default {
  id: 'no-secret-leaked',
  title: 'No minted secret leaves the subject but to where it belongs',
  category: 'hygiene',
  loses: 'secret',
  why: 'Logs, URLs and events are kept, copied and read by others; a bearer token is as good as a password (RFC 6750 section 5.2).',
  judged:
    'No secret, whole or in pieces, plain or encoded, may stand in stdout, stderr, an event, a URL, a request body or a file ' +
    'outside the store, nor in an answer to a call for another tenant (other answers are judged by agent-never-sees-token). ' +
    'A token sent to its own service’s endpoints for tokens is where it belongs, but for the URL of a token request.',
  fix,
  kinds: ['agent', 'tool', 'broker'],
  judge: ({ ledger }) => {
    const leaks = entriesOf(ledger, 'leak').filter((leak) => !isAtHome(leak, ledger));
    if (leaks.length === 0)
      return { verdict: 'pass', message: 'No secret was seen where it does not belong.' };
    const instances = leaks.map(({ at, seq, place, token }) => ({
      atMs: at,
      message: `The token ${token} appeared in ${PLACES[place] ?? place} at ${formatMoment(at)}. No secret should ever be there.`,
      evidence: [seq],
    }));
    return failure(instances, fix);
  },
} satisfies Check;

const PLACES: Readonly<Record<string, string>> = {
  stdout: 'the subject’s stdout',
  stderr: 'the subject’s stderr',
  event: 'an event that the subject sent',
  url: 'the URL of a request',
  body: 'the body of a request',
  file: 'a file outside the store',
  answer: 'the answer to a call for another tenant',
};

// Revocation and introspection carry a token by design (RFC 7009, RFC 7662), some services' in the URL. A token request
// carries its own in the body alone (RFC 6749 section 6): URLs stand in logs. The request that carried it is recorded right
// after the leak.
function isAtHome(leak: EntryOf<'leak'>, ledger: Ledger): boolean {
  if (leak.place === 'answer') return isToldToItsOwner(leak, ledger);
  if (leak.place !== 'url' && leak.place !== 'body') return false;
  const request = entriesOf(ledger, 'exchange.opened').find(({ seq }) => seq > leak.seq);
  if (request === undefined || request.at !== leak.at) return false;
  const account = accountOf(leak);
  const own = ledger.world.accounts.some(({ id, service }) => id === account && service === request.service);
  if (request.endpoint === 'token') return own && leak.place !== 'url';
  return own && (request.endpoint !== 'resource' || /introspect|token/i.test(request.route));
}

// An answer is recorded right after the leak in it.
function isToldToItsOwner(leak: EntryOf<'leak'>, ledger: Ledger): boolean {
  const answer = entriesOf(ledger, 'call.returned').find(
    ({ seq, party }) => seq > leak.seq && party === leak.party,
  );
  const tenantOf = (id: string | null) => ledger.world.accounts.find((account) => account.id === id)?.tenant;
  const asking = answer !== undefined && 'account' in answer ? tenantOf(answer.account) : undefined;
  const owner = tenantOf(accountOf(leak));
  return asking === undefined || owner === undefined || asking === owner;
}

const accountOf = ({ token }: EntryOf<'leak'>) => token.slice(0, token.lastIndexOf('/'));
