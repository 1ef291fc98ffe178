// Whoever asks a broker for a call gets its answer: never the means to make it.

import type { Check } from '../../harness/check.ts';
import type { BrokerCallReturned, Entry, EntryOf } from '../../harness/entry.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { counted, failure, type Instance } from './instances.ts';

const fix =
  'Build results and errors from named fields: `{ code, message, retryable }`; never pass a request, a header or a caught error through.';

export default {
  id: 'agent-never-sees-token',
  title: 'No result, status, event or error holds a secret',
  category: 'hygiene',
  loses: 'secret',
  why: 'What an agent can read, a prompt can make it repeat: a broker is there so that tokens stay out of the agent’s reach (RFC 9700 section 2.3, RFC 6750 section 5.2).',
  judged:
    'No minted token and no client secret, whole or in pieces, plain or encoded, may stand in an answer of the broker to a call, a question for the state or the ' +
    'request log, nor in an event. The operation that hands tokens out is not judged.',
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const answers = entriesOf(ledger, 'call.returned').filter((entry) => 'operation' in entry);
    if (answers.length === 0)
      return { verdict: 'inconclusive', message: 'The broker was asked for nothing.' };
    const instances = entriesOf(ledger, 'leak').flatMap((leak) => leaked(leak, answers, ledger));
    if (instances.length > 0) return failure(instances, fix);
    return { verdict: 'pass', message: `${counted(answers.length, 'answer')}, none with a secret in it.` };
  },
} satisfies Check;

function leaked(leak: EntryOf<'leak'>, answers: readonly BrokerCallReturned[], ledger: Ledger): Instance[] {
  const carrier = carrierOf(leak, answers, ledger);
  if (carrier === null) return [];
  const message = `At ${formatMoment(leak.at)} ${carrier.name} held ${leak.token}. No secret should leave the broker but upstream.`;
  return [{ atMs: leak.at, message, evidence: [leak.seq, carrier.seq] }];
}

// What held the secret is recorded right after the secret was found in it.
function carrierOf(
  { place, party, seq }: EntryOf<'leak'>,
  answers: readonly BrokerCallReturned[],
  ledger: Ledger,
) {
  const next = <E extends Entry>(entries: readonly E[]) =>
    entries.find((entry) => entry.seq > seq && entry.party === party);
  if (place === 'event')
    return { name: 'an event', seq: next(entriesOf(ledger, 'event.received'))?.seq ?? seq };
  const answer = place === 'answer' ? next(answers) : undefined;
  if (answer === undefined || answer.operation === 'token') return null;
  const whom = answer.account === null ? '' : ` for ${answer.account}`;
  return { name: `the answer to \`${answer.operation}\`${whom}`, seq: answer.seq };
}
