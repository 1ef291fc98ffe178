// One question at a token endpoint, put as the account says that it must be put.

import type { Account } from '../../../mocks/index.ts';
import type { TokenAnswer } from './habits.ts';
import { retryAfterMs } from './verdict.ts';

/** What came of it: tokens, or an error in the words of RFC 6749, or neither. */
export interface Exchanged {
  readonly tokens: TokenAnswer | null;
  readonly error?: string;
  readonly waitMs: number | null;
}

/**
 * Exchanges a refresh token.
 * @param grants whether an answer brings tokens
 */
export async function askForTokens(
  account: Account,
  refreshToken: string,
  grants = bringsTokens,
): Promise<Exchanged> {
  const { clientId, clientSecret, tokenRequest } = account;
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...(tokenRequest.clientAuth === 'basic' ? {} : { client_id: clientId }),
    ...(tokenRequest.clientAuth === 'body' ? { client_secret: clientSecret ?? '' } : {}),
  };
  const isJson = tokenRequest.encoding === 'json';
  const basic = Buffer.from(`${clientId}:${clientSecret ?? ''}`).toString('base64');
  const response = await fetch(account.tokenUrl, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(tokenRequest.clientAuth === 'basic' ? { authorization: `Basic ${basic}` } : {}),
    },
    body: isJson ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
  }).catch(() => null);
  const answer = (await response?.json().catch(() => null)) as
    | (Partial<TokenAnswer> & { error?: unknown; error_description?: unknown })
    | null;
  const waitMs = response ? retryAfterMs(response.headers) : null;
  if (response && grants(response.status, answer)) return { tokens: answer as TokenAnswer, waitMs };
  // A code counts in a proper refusal only: a proxy's page may say anything, and a limit ends nothing.
  const isRefusal = response ? response.status < 500 && response.status !== 429 : false;
  if (!isRefusal || typeof answer?.error !== 'string') return { tokens: null, waitMs };
  // Salesforce says `invalid_grant` for an address that is not allowed: the grant lives on.
  const isBarred = /\bip restricted\b/i.test(String(answer.error_description));
  return { tokens: null, error: isBarred ? 'unauthorized_client' : answer.error, waitMs };
}

/** Some services refuse with a 200. */
export const bringsTokens = (status: number, answer: Partial<TokenAnswer> | null): boolean =>
  status === 200 && typeof answer?.access_token === 'string';
