// The habits of a broker: what a disease changes, and nothing else.

import { type Message, TELLERS, type Trust } from '../../../examples/broker/webhooks.ts';
import type { Account } from '../../../mocks/index.ts';
import { waitForNewToken } from '../new-token.ts';
import { probeClients } from './probe.ts';
import { bringsTokens, isOver, type TokenAnswer, type TokenFields } from './token-endpoint.ts';
import { type Failure, refusesToken, type Upstream, verdictOn } from './verdict.ts';

/** An account as the broker holds it. */
export interface Connection {
  account: Account;
  access: string;
  refresh: string;
  expiresAtMs: number | null;
  /** Why its grant is over; null while it lives. */
  dead: string | null;
  refreshing: Promise<void> | null;
  /** When its access token was received, in epoch ms; 0 where nobody knows any more. */
  receivedAtMs: number;
  /** Epoch ms before which its service, or the token endpoint, wants to hear nothing. */
  callsFromMs: number;
  refreshesFromMs: number;
  /** How often in a row the token endpoint was in trouble. */
  troubles: number;
  /** Requests that a new token was refused for as well: it is not the token's age. */
  barred: Set<string>;
  timer: NodeJS.Timeout | null;
  /** Who it is in its service's own messages; null where that sends none. */
  user: string | null;
}

/** A call as it is asked for. */
export interface Wish {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly task?: string;
  readonly agent?: string;
}

/** What brokers do differently. */
export interface Habits {
  /** Changes its own variables before anything is sent. */
  arrange(env: NodeJS.ProcessEnv): void;
  /** Tries the client credentials before any work is taken. */
  probe(env: NodeJS.ProcessEnv): Promise<void>;
  /** Lets one refresh run for all who wait for it. */
  refresh(connection: Connection, exchange: () => Promise<void>): Promise<void>;
  /** Whether an answer of a token endpoint brings tokens. */
  grants(answer: TokenAnswer): boolean;
  keepRefreshToken(answer: TokenFields, before: string): string;
  /** The connection whose token goes along with a call for `id`. */
  connectionFor(id: string, all: ReadonlyMap<string, Connection>): Connection | undefined;
  /** The access token to hold after a new consent, of the one that was held and the one that came. */
  accessAfterConsent(held: string, came: string): string;
  /** Why a call is refused before it is sent; null = it is sent. */
  foresees(account: Account, wish: Wish): Failure | null;
  /** Called when a call failed for another reason than the age of its token. */
  onFailure(renew: () => Promise<void>, resend: () => Promise<unknown>): void;
  /** What is told of the state of an account. */
  stateOf(connection: Connection): string;
  /** Epoch ms at which a token is replaced unasked; null = only when a call needs it. */
  renewAtMs(issuedAtMs: number, expiresAtMs: number): number | null;
  /** Epoch ms at which an account that nobody calls for is renewed. */
  keepAliveAtMs(nowMs: number): number;
  /** Epoch ms at which the next try at a troubled token endpoint may come. */
  retryAtMs(nowMs: number, troubles: number): number;
  /** Whether the error of a token endpoint is the end of the grant. */
  isOver(error: string | undefined): boolean;
  /** Whether a new token may be what a refused call lacks. */
  isHealable(answer: Upstream): boolean;
  /** What comes before a new token that was refused is sent again, so many times already; false = it is not. */
  givesTime(tries: number, renew: () => Promise<void>): Promise<boolean>;
  /** Whether a request that got no answer is sent once more. */
  sendsAgain(method: string): boolean;
  /** What an answer of the service means for the caller; null = it did what was asked. */
  verdict(answer: Upstream, account: Account): Failure | null;
  /** Whether a message that claims to be this service's is. */
  trusts(service: string, message: Message, trust: Trust): Promise<boolean>;
  /** Whether a grant that its service says is over is over. */
  heeds(service: string): boolean;
  /** Whether this account's token may be handed out. */
  handsOut(account: Account, env: NodeJS.ProcessEnv): boolean;
  /** What is printed of a request that was sent. */
  line(connection: Connection, status: number): string;
  /** Whether a request goes into the request log. */
  logs(status: number): boolean;
}

const DAY_MS = 24 * 3_600_000;

/** How a careful broker does it. */
export const CAREFUL: Habits = {
  arrange: () => {},
  probe: probeClients,
  refresh: (connection, exchange) => {
    connection.refreshing ??= exchange().finally(() => {
      connection.refreshing = null;
    });
    return connection.refreshing;
  },
  grants: bringsTokens,
  keepRefreshToken: (answer, before) => answer.refresh_token ?? before,
  connectionFor: (id, all) => all.get(id),
  accessAfterConsent: (_held, came) => came,
  foresees: () => null,
  onFailure: () => {},
  stateOf: ({ dead }) => (dead === null ? 'active' : 'reauth_required'),
  renewAtMs: (nowMs, expiresAtMs) => nowMs + (expiresAtMs - nowMs) * (0.65 + 0.25 * Math.random()),
  keepAliveAtMs: (nowMs) => nowMs + (0.75 + 0.2 * Math.random()) * DAY_MS,
  retryAtMs: (nowMs, troubles) => nowMs + 1000 + Math.random() * Math.min(120_000, 5000 * 2 ** troubles),
  isOver,
  isHealable: refusesToken,
  givesTime: waitForNewToken,
  // A write may have been done all the same.
  sendsAgain: (method) => method === 'GET',
  verdict: verdictOn,
  trusts: async (service, message, trust) => (await TELLERS[service]?.isSigned(message, trust)) === true,
  heeds: () => true,
  handsOut: ({ owner }, { CI }) => owner !== 'personal' || CI === undefined,
  line: ({ account }, status) => `${account.id}: ${status}`,
  logs: () => true,
};
