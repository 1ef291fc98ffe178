// A client secret that was rotated last week is found out at the start, and not at midnight by the first refresh.

import type { Check } from '../../harness/check.ts';
import type { Entry, EntryOf } from '../../harness/entry.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { counted, failure, type Instance } from './instances.ts';

/** Acts after which the client credentials that a subject was given are bad. */
const SPOILING: ReadonlySet<string> = new Set(['rotate-client-secret', 'delete-client']);

const fix =
  'Before listening, send one refresh with a made-up token per (tokenUrl, clientId); exit non-zero on `invalid_client`: `if (error === "invalid_client") process.exit(1)`.';

export default {
  id: 'startup-probe',
  title: 'With bad client credentials the subject does not take work',
  category: 'expiry',
  loses: 'other',
  why: 'A stale client secret is noticed hours after the deploy, when the first token must be refreshed; a probe at the start, with a refresh token that nobody minted, tells at once (RFC 6749 section 5.2, invalid_client).',
  judged:
    'Of each process that is started after the client secret was rotated or the client deleted: it must not become ready, and answer no ' +
    'call, before it ends. A replica that stays unready passes as well as one that ends; one that ends with code 0 does not.',
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const spoiled = entriesOf(ledger, 'act').filter(({ act }) => SPOILING.has(act));
    const starts = spoiled.slice(0, 1).flatMap((act) => startsAfter(act, ledger));
    if (starts.length === 0) {
      const message = 'No process was started with client credentials that had gone bad.';
      return { verdict: 'inconclusive', message };
    }
    const instances = starts.flatMap((start) => tookWork(start, ledger));
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(starts.length, 'start')} with bad client credentials, and no work was taken.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

interface Start {
  readonly spoiled: EntryOf<'act'>;
  readonly start: EntryOf<'process.started'>;
  /** The number of the next start of the same process, or what comes after all. */
  readonly untilSeq: number;
}

function startsAfter(spoiled: EntryOf<'act'>, ledger: Ledger): Start[] {
  const starts = entriesOf(ledger, 'process.started').filter(({ seq }) => seq > spoiled.seq);
  return starts.map((start) => {
    const next = starts.find(({ party, seq }) => party === start.party && seq > start.seq);
    return { spoiled, start, untilSeq: next?.seq ?? Number.POSITIVE_INFINITY };
  });
}

function tookWork({ spoiled, start, untilSeq }: Start, { entries, world }: Ledger): Instance[] {
  const own = entries.filter(({ seq, party }) => seq > start.seq && seq < untilSeq && party === start.party);
  const signs = own.flatMap((entry) => {
    const did = workShownBy(entry, world.untilMs);
    return did === null ? [] : [{ did, at: entry.at, seq: entry.seq }];
  });
  return signs.slice(0, 1).map(({ did, at, seq }) => {
    const message = `The client credentials had been bad since ${formatMoment(spoiled.at)} (${spoiled.act}), and ${start.party}, started at ${formatMoment(start.at)}, ${did} at ${formatMoment(at)}. It should have tried them before taking work.`;
    return { atMs: at, message, evidence: [spoiled.seq, start.seq, seq] };
  });
}

/** What a process did that shows it takes work; null where an entry shows nothing of the kind. */
function workShownBy(entry: Entry, untilMs: number): string | null {
  switch (entry.kind) {
    case 'process.ready':
      return 'said that it was ready';
    case 'process.exited':
      return entry.code === 0 && entry.at < untilMs ? 'ended as if all were well' : null;
    case 'call.returned':
      return 'operation' in entry && entry.status === 200 ? 'answered a call' : null;
    default:
      return null;
  }
}
