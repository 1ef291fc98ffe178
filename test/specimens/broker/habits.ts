// The habits of a broker: what a disease changes, and nothing else.

import type { Account } from '../../../mocks/index.ts';

/** An account as the broker holds it. */
export interface Connection {
  account: Account;
  access: string;
  refresh: string;
  expiresAtMs: number | null;
  /** Why its grant is over; null while it lives. */
  dead: string | null;
  refreshing: Promise<void> | null;
}

/** What a token endpoint answers. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly expires_in?: number;
}

/** What brokers do differently. */
export interface Habits {
  /** Lets one refresh run for all who wait for it. */
  refresh(connection: Connection, exchange: () => Promise<void>): Promise<void>;
  keepRefreshToken(answer: TokenAnswer, before: string): string;
  /** The connection whose token goes along with a call for `id`. */
  connectionFor(id: string, all: ReadonlyMap<string, Connection>): Connection | undefined;
}

/** How a careful broker does it. */
export const CAREFUL: Habits = {
  refresh: (connection, exchange) => {
    connection.refreshing ??= exchange().finally(() => {
      connection.refreshing = null;
    });
    return connection.refreshing;
  },
  keepRefreshToken: (answer, before) => answer.refresh_token ?? before,
  connectionFor: (id, all) => all.get(id),
};
