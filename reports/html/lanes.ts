// What a timeline shows, as data: a lane for each account, process and service, with bars that last and marks that do not.

import type { Entry, EntryOf } from '../../harness/entry.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { seconds } from '../phrases.ts';

/** What a mark stands for. */
export type MarkKind =
  | 'refresh'
  | 'refusal'
  | 'lost'
  | 'fault'
  | 'gate'
  | 'act'
  | 'event'
  | 'claim'
  | 'process';

/** Something that happened at a moment. */
export interface Mark {
  readonly atMs: number;
  readonly kind: MarkKind;
  /** What is told of it, as a phrase. */
  readonly says: string;
  readonly seq: number;
}

/** The life of a token. */
export interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly token: string;
  readonly kind: 'access' | 'refresh';
  /** What ended it; `alive` where the run ended first. */
  readonly end: 'expired' | 'revoked' | 'replaced' | 'alive';
}

/** One line of the picture. */
export interface Lane {
  readonly name: string;
  readonly kind: 'account' | 'process' | 'service';
  readonly bars: readonly Bar[];
  readonly marks: readonly Mark[];
}

/** A picture's content. */
export interface Timeline {
  readonly untilMs: number;
  readonly lanes: readonly Lane[];
  /** Accounts for which there was no room. */
  readonly accountsLeftOut: number;
}

/** More accounts than this make no picture. */
const ACCOUNTS_SHOWN = 12;

/** The timeline of a record. Of many accounts those are shown to which most went wrong. */
export function timelineOf(ledger: Ledger, endMs: number): Timeline {
  const untilMs = Math.max(endMs, ledger.entries.at(-1)?.at ?? 0, 1);
  const byAccount = Map.groupBy(ledger.entries, (entry) => ('account' in entry ? entry.account : null));
  const accounts = ledger.world.accounts.map(({ id }) => accountLane(id, byAccount.get(id) ?? [], untilMs));
  const trouble = ({ marks }: Lane) => marks.filter(({ kind }) => kind !== 'refresh').length;
  const shown =
    accounts.length <= ACCOUNTS_SHOWN
      ? accounts
      : accounts.toSorted((a, b) => trouble(b) - trouble(a)).slice(0, ACCOUNTS_SHOWN);
  const services = [...new Set(ledger.world.accounts.map(({ service }) => service))].map((service) =>
    serviceLane(service, ledger),
  );
  const lanes = [...shown, ...processLanes(ledger), ...services.filter(({ marks }) => marks.length > 0)];
  return { untilMs, lanes, accountsLeftOut: accounts.length - shown.length };
}

function accountLane(account: string, own: readonly Entry[], untilMs: number): Lane {
  const minted = own.filter((entry) => entry.kind === 'token.minted');
  return {
    name: account,
    kind: 'account',
    bars: minted.map((entry) => barOf(entry, own, untilMs)),
    marks: own.flatMap(accountMark),
  };
}

function barOf(
  { token, tokenKind, at }: EntryOf<'token.minted'>,
  own: readonly Entry[],
  untilMs: number,
): Bar {
  const ending = own.find(
    (entry) =>
      'token' in entry &&
      entry.token === token &&
      (entry.kind === 'token.expired' ||
        entry.kind === 'token.revoked' ||
        entry.kind === 'token.evicted' ||
        entry.kind === 'token.rotated'),
  );
  const ends = { 'token.expired': 'expired', 'token.rotated': 'replaced' } as const;
  const end =
    ending === undefined ? 'alive' : ending.kind in ends ? ends[ending.kind as keyof typeof ends] : 'revoked';
  return { fromMs: at, toMs: ending?.at ?? untilMs, token, kind: tokenKind, end };
}

function accountMark(entry: Entry): readonly Mark[] {
  const mark = (kind: MarkKind, says: string): readonly Mark[] => [
    { atMs: entry.at, kind, says, seq: entry.seq },
  ];
  switch (entry.kind) {
    case 'exchange.answered':
      if (entry.endpoint === 'token' && entry.truth === 'ok')
        return mark('refresh', `${entry.party} refreshed`);
      if (entry.truth === 'ok') return [];
      return mark('refusal', `${entry.party}: ${entry.route} was answered ${entry.status} (${entry.truth})`);
    case 'exchange.lost':
      return mark('lost', `${entry.party}: no answer to ${entry.route}`);
    case 'act':
      return mark('act', entry.act);
    default:
      return [];
  }
}

function processLanes({ entries }: Ledger): readonly Lane[] {
  const parties = [...new Set(entries.map(({ party }) => party))].filter(
    (party) => party !== 'world' && party !== 'unknown',
  );
  return parties.sort().map((party) => ({
    name: party,
    kind: 'process',
    bars: [],
    marks: entries.filter((entry) => entry.party === party).flatMap(processMark),
  }));
}

function processMark(entry: Entry): readonly Mark[] {
  const mark = (kind: MarkKind, says: string): readonly Mark[] => [
    { atMs: entry.at, kind, says, seq: entry.seq },
  ];
  switch (entry.kind) {
    case 'process.started':
      return mark('process', entry.resume ? 'started again' : 'started');
    case 'process.exited':
      return mark(
        'process',
        entry.signal === null ? `ended with code ${entry.code}` : `died of ${entry.signal}`,
      );
    case 'process.killed':
      return mark('process', `was ended: ${entry.reason}`);
    case 'process.paused':
      return mark('process', 'paused');
    case 'process.resumed':
      return mark('process', 'went on');
    case 'clock.skewed':
      return mark('process', `its wall clock is ${apart(entry.skewMs)}`);
    case 'event.received':
      return mark('event', `event ${JSON.stringify(entry.event)}`);
    case 'claim':
      return mark('claim', `claims ${entry.claim.status}`);
    case 'leak':
      return mark('refusal', `${entry.token} in ${entry.place}`);
    default:
      return [];
  }
}

function apart(skewMs: number): string {
  if (skewMs === 0) return 'right again';
  return `${seconds(Math.abs(skewMs))} s ${skewMs > 0 ? 'ahead' : 'behind'}`;
}

// Faults and gates name the exchange they met, and that one its service.
function serviceLane(service: string, { entries }: Ledger): Lane {
  const ofService = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'exchange.opened' && entry.service === service ? [entry.exchange] : [],
    ),
  );
  const marks = entries.flatMap((entry): readonly Mark[] => {
    const at = { atMs: entry.at, seq: entry.seq };
    const isHere =
      entry.kind === 'fault.applied' && entry.exchange === null
        ? entry.service === service
        : 'exchange' in entry && entry.exchange !== null && ofService.has(entry.exchange);
    if (!isHere) return [];
    if (entry.kind === 'fault.applied') return [{ ...at, kind: 'fault', says: `fault ${entry.fault}` }];
    if (entry.kind === 'gate.held') return [{ ...at, kind: 'gate', says: `held at gate ${entry.gate}` }];
    if (entry.kind === 'gate.released')
      return [{ ...at, kind: 'gate', says: `gate ${entry.gate}: ${entry.reason}` }];
    return [];
  });
  return { name: service, kind: 'service', bars: [], marks };
}
