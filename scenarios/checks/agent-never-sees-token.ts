// Whoever asks a broker for a call gets its answer: never the means to make it.

import type { Check } from '../../harness/check.ts';
import type { Entry, EntryOf } from '../../harness/entry.ts';
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
    const instances = entriesOf(ledger, 'leak').flatMap((leak) => leaked(leak, ledger));
    if (instances.length > 0) return failure(instances, fix);
    return { verdict: 'pass', message: `${counted(answers.length, 'answer')}, none with a secret in it.` };
  },
} satisfies Check;

function leaked(leak: EntryOf<'leak'>, ledger: Ledger): Instance[] {
  const carrier = carrierOf(leak, ledger);
  if (carrier === null) return [];
  const message = `At ${formatMoment(leak.at)} ${carrier.name} held ${leak.token}. No secret should leave the broker but upstream.`;
  return [{ atMs: leak.at, message, evidence: [leak.seq, carrier.seq] }];
}

// What held the secret is recorded right after the secret was found in it.
function carrierOf({ place, party, seq }: EntryOf<'leak'>, { entries }: Ledger) {
  const after = (kind: Entry['kind']) =>
    entries.find((entry) => entry.seq > seq && entry.party === party && entry.kind === kind);
  if (place === 'event') return { name: 'an event', seq: after('event.received')?.seq ?? seq };
  if (place !== 'answer') return null;
  const answer = after('call.returned');
  if (answer === undefined || answer.kind !== 'call.returned' || !('operation' in answer)) return null;
  const { operation, account, seq: answerSeq } = answer;
  if (operation === 'token') return null;
  return {
    name: `the answer to \`${operation}\`${account === null ? '' : ` for ${account}`}`,
    seq: answerSeq,
  };
}
