// A client secret that was rotated last week is found out at the start, and not at midnight by the first refresh.

import type { Check } from '../../harness/check.ts';
import type { EntryOf } from '../../harness/entry.ts';
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
    const spoiled = entriesOf(ledger, 'act').find(({ act }) => SPOILING.has(act));
    const starts =
      spoiled === undefined ? [] : startsOf(ledger).filter(({ start }) => start.seq > spoiled.seq);
    if (spoiled === undefined || starts.length === 0) {
      const message = 'No process was started with client credentials that had gone bad.';
      return { verdict: 'inconclusive', message };
    }
    const instances = starts.flatMap((one) => tookWork(one, ledger, spoiled));
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(starts.length, 'start')} with bad client credentials, and no work was taken.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

interface Start {
  readonly start: EntryOf<'process.started'>;
  /** The number of the next start of the same process, or what comes after all. */
  readonly untilSeq: number;
}

function startsOf(ledger: Ledger): Start[] {
  const starts = entriesOf(ledger, 'process.started');
  return starts.map((start) => {
    const next = starts.find(({ party, seq }) => party === start.party && seq > start.seq);
    return { start, untilSeq: next?.seq ?? Number.POSITIVE_INFINITY };
  });
}

function tookWork({ start, untilSeq }: Start, ledger: Ledger, spoiled: EntryOf<'act'>): Instance[] {
  const sign = ledger.entries.find(
    (entry) =>
      entry.seq > start.seq &&
      entry.seq < untilSeq &&
      entry.party === start.party &&
      (entry.kind === 'process.ready' ||
        (entry.kind === 'process.exited' && entry.code === 0 && entry.at < ledger.world.untilMs) ||
        (entry.kind === 'call.returned' && 'operation' in entry && entry.status === 200)),
  );
  if (sign === undefined) return [];
  const did =
    sign.kind === 'process.ready'
      ? 'said that it was ready'
      : sign.kind === 'process.exited'
        ? 'ended as if all were well'
        : 'answered a call';
  const message = `The client credentials had been bad since ${formatMoment(spoiled.at)} (${spoiled.act}), and ${start.party}, started at ${formatMoment(start.at)}, ${did} at ${formatMoment(sign.at)}. It should have tried them before taking work.`;
  return [{ atMs: sign.at, message, evidence: [spoiled.seq, start.seq, sign.seq] }];
}
