// What came in over the sockets and waits for the world to come to rest, and the order in which it is then taken.

import type { Socket } from 'node:net';
import type { Exchange, Identified, Request } from '../../mocks/index.ts';
import type { Context } from './context.ts';
import type { ConnectionStrike } from './faults.ts';
import { withoutMark } from './intents.ts';
import type { Met } from './match.ts';
import type { WorldProvider } from './provider.ts';
import type { Reply } from './transport.ts';

/** One request between its arrival and its end. */
export interface Open {
  readonly provider: WorldProvider;
  readonly request: Request;
  readonly reply: Reply;
  readonly identified: Identified;
  /** What faults and gates look at. */
  readonly met: Met;
  readonly party: string;
  /** For which account the caller meant it, where that is known. */
  readonly meantFor: string | null;
  /** `x-1`, `x-2`, ...; empty before it is admitted. */
  exchange: string;
  ended: boolean;
  /** The engine's word, once it has seen the request. */
  handled: Exchange | null;
}

/** A caller wants a host that no service of the world claims. */
export interface Unclaimed {
  readonly host: string;
  /** Whether somebody else answers for it. */
  readonly chained: boolean;
  readonly socket: Socket | null;
  /** Who it is, where no connection tells. */
  readonly party?: string;
  /** Lets the caller go on, once this is on record. */
  go(): void;
}

/** A caller is about to speak to a host, by a connection of its own. */
export interface Connecting {
  readonly host: string;
  /** The services that answer there. */
  readonly services: readonly string[];
  readonly socket: Socket | null;
  /** Lets the caller go on, or have what a fault does to it. */
  go(strike: ConnectionStrike | null): void;
}

/** What came in: a connection, a request for a service or for nobody, an event of the subject, or the news that a caller hung up. */
export type Arrival =
  | {
      readonly kind: 'request';
      readonly provider: WorldProvider;
      readonly request: Request;
      readonly reply: Reply;
    }
  | { readonly kind: 'event'; readonly request: Request; readonly reply: Reply }
  | { readonly kind: 'unclaimed'; readonly unclaimed: Unclaimed }
  | { readonly kind: 'connecting'; readonly connecting: Connecting }
  | { readonly kind: 'gone'; readonly open: Open };

/** A queue that is emptied as a whole. */
export interface Arrivals {
  add(arrival: Arrival): void;
  /** Whether all that waits are requests, which have answers and nothing else. */
  onlyAsk(): boolean;
  take(): readonly Arrival[];
}

/** An empty queue. */
export function createArrivals(): Arrivals {
  let waiting: Arrival[] = [];
  return {
    add: (arrival) => void waiting.push(arrival),
    onlyAsk: () => waiting.every(({ kind }) => kind === 'request'),
    take: () => {
      const batch = waiting;
      waiting = [];
      return batch;
    },
  };
}

/** What can be said of a request before anything is changed. */
export function open(context: Context, arrival: Extract<Arrival, { kind: 'request' }>): Open {
  const { provider, reply } = arrival;
  const request = withoutMark(arrival.request);
  const meantFor = context.intents.accountOf(arrival.request);
  const identified = provider.identify(request);
  const party = partyOf(context, reply);
  const { route, account } = identified;
  return {
    provider,
    request,
    reply,
    identified,
    met: { service: provider.service.id, route, account, party },
    party,
    meantFor,
    exchange: '',
    ended: false,
    handled: null,
  };
}

/** The party behind a reply; `unknown` for a stranger's connection. */
export function partyOf(context: Context, { socket, party }: Pick<Reply, 'socket' | 'party'>): string {
  if (party !== undefined) return party;
  return (socket === null ? null : context.clock.partyOf(socket)) ?? 'unknown';
}

/**
 * Simultaneous requests in an order that depends on what they are. Which of them reaches its socket first is up to
 * the operating system, and must not decide who wins a race.
 */
export function inCanonicalOrder(opens: readonly Open[]): readonly Open[] {
  if (opens.length < 2) return opens;
  const keyed = opens.map((each) => ({ each, key: canonicalKey(each) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ each }) => each);
}

function canonicalKey({ party, identified, provider, request, meantFor, reply }: Open): string {
  const { account, route, token } = identified;
  const query = new URLSearchParams(request.query).toString();
  const content = [request.method, request.path, query, request.body, meantFor ?? '', request.origin ?? ''];
  const order = reply.order ?? '';
  return [party, account ?? '', provider.service.id, route, token ?? '', ...content, order].join('\u0000');
}
