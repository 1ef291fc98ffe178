// The exchange of a refresh token, and what a refusal of it means.

import type { Connection } from './connection.ts';
import type { TokenAnswer } from './habits.ts';
import { jsonOf, send } from './sending.ts';

/** What came of an exchange. */
export interface Exchanged {
  /** Null where none was given. */
  readonly answer: TokenAnswer | null;
  /** Why the grant is over, in the server's words; null where it is not said to be. */
  readonly over: string | null;
  /** Why the client is refused; null where it is not. */
  readonly wrongClient: string | null;
}

/**
 * Exchanges the refresh token of an account.
 * @param readsBody whether a refusal inside a good answer is looked for
 */
export async function exchangeTokens({ account, refresh }: Connection, readsBody = true): Promise<Exchanged> {
  const { clientId: client_id, clientSecret, tokenUrl } = account;
  const client_secret = clientSecret ?? '';
  const fields = { grant_type: 'refresh_token', refresh_token: refresh, client_id, client_secret };
  // GitHub answers in a form to whoever does not ask for JSON, and refuses with a 200.
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  const sending = { method: 'POST', headers, body: new URLSearchParams(fields).toString() };
  const response = await send(tokenUrl, sending, 'again');
  const answer = (await jsonOf(response, account)) as TokenAnswer & { error?: string };
  if (response.ok && (!readsBody || answer.error === undefined))
    return { answer, over: null, wrongClient: null };
  const why = answer.error ?? `refused with ${response.status}`;
  const isClient = why.includes('client');
  return { answer: null, over: isClient ? null : why, wrongClient: isClient ? why : null };
}
