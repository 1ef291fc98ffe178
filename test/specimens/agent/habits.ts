// The points at which agents go wrong, and what a healthy one does there.

import type { Claim } from '../../../harness/entry.ts';
import { waitForNewToken } from '../new-token.ts';
import type { Connection } from './connection.ts';
import type { Exchanged } from './exchange.ts';
import { endOf } from './lifetime.ts';

/** What a token endpoint answers when it grants. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  /** Seconds, where it is what it should be. */
  readonly expires_in?: unknown;
}

/** A call that was refused with 401, and what can be done about it. */
export interface RefusedCall {
  /** The same text for calls of the same method and path. */
  readonly call: string;
  readonly connection: Connection;
  /** Says so on stderr. */
  tell(): void;
  /** Refreshes the account, unless somebody else has; throws where that came to nothing. */
  refresh(): Promise<void>;
  /** Sends the call again. */
  send(): Promise<Response>;
}

/** What an agent does at the points where agents go wrong. */
export interface Habits {
  /** Whether the access token is replaced before a call is sent. */
  isStale(connection: Connection, nowMs: number): boolean;
  /** Refreshes an account, or joins the refresh that is under way. */
  refresh(connection: Connection, exchange: () => Promise<void>): Promise<void>;
  /** The access token to send, of what is held now and what was held at the start. */
  present(connection: Connection, atStart: string): string;
  /** The refresh token to hold after an answer. */
  keepRefreshToken(answer: TokenAnswer, before: string): string;
  /** When a token ends, by the lifetime that came with it; null where nobody knows. */
  endOf(expiresIn: unknown): number | null;
  /** Called with every token answer. */
  onTokens(answer: TokenAnswer): void;
  /** What becomes of a refused call: the answer that it gets in the end. */
  heal(call: RefusedCall): Promise<Response>;
  /** What comes before a new token that was refused is sent again, so many times already; false = it is not. */
  givesTime(tries: number): Promise<boolean>;
  /** Called with the text of every good answer. */
  remember(call: string, text: string): void;
  /** Whether a refusal inside a good answer is looked for. */
  readsBodies(): boolean;
  /** Whether a refused exchange is a matter for the owner, who is then asked for a new consent. */
  needsConsent(refused: Exchanged): boolean;
  /** Remembers that a grant was refused for good. */
  bury(connection: Connection, reason: string): void;
  /** Whether trouble is spoken of: on stderr, in events, in the claim. */
  admits(): boolean;
  /** The fields in the row of a deal whose company could not be read. */
  fieldsWithout(known: ReadonlyMap<string, readonly string[]>, wanted: readonly string[]): readonly string[];
  /** Whether rows whose fate is unknown are looked for in the sheet before they are sent again. */
  looksFirst(): boolean;
  /** The number of rows written so far, after an append of `sent` rows that filled `updatedRange`. */
  countRows(before: number, sent: number, updatedRange: string): number;
  /** What happens after the work and before the last word. */
  leave(connections: readonly Connection[]): Promise<void>;
  /** The last word. */
  say(claim: Claim): Claim;
}

/** A call that came to nothing, for now or for good. */
export class Refused extends Error {}

/** A call of which nobody knows what became of it. */
export class Lost extends Refused {}

const MARGIN_MS = 4 * 60_000;

/** The habits of a healthy agent. */
export const HEALTHY: Habits = {
  isStale: ({ expiresAtMs }, nowMs) => expiresAtMs !== null && nowMs >= expiresAtMs - MARGIN_MS,
  refresh: (connection, exchange) => {
    connection.refreshing ??= exchange().finally(() => {
      connection.refreshing = null;
    });
    return connection.refreshing;
  },
  present: ({ access }) => access,
  keepRefreshToken: (answer, before) => answer.refresh_token ?? before,
  endOf,
  onTokens: () => {},
  heal: async ({ tell, refresh, send }) => {
    tell();
    await refresh();
    return send();
  },
  givesTime: waitForNewToken,
  remember: () => {},
  readsBodies: () => true,
  needsConsent: ({ over }) => over !== null,
  bury: (connection, reason) => {
    connection.dead = reason;
  },
  admits: () => true,
  fieldsWithout: (_known, wanted) => wanted.map(() => ''),
  looksFirst: () => true,
  countRows: (before, sent) => before + sent,
  leave: async () => {},
  say: (claim) => claim,
};
