// One question at a token endpoint, put as the account says that it must be put, and what its answer means.

import type { Account } from '../../../mocks/index.ts';
import { retryAfterMs } from './verdict.ts';

/** The fields of an answer. */
export interface TokenFields {
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly expires_in?: unknown;
  readonly error?: unknown;
  readonly error_description?: unknown;
}

/** What a token endpoint answered. */
export interface TokenAnswer {
  readonly status: number;
  /** The wait that it demands; null where it demands none. */
  readonly waitMs: number | null;
  /** Null where it cannot be read. */
  readonly body: TokenFields | null;
}

/** Presents a refresh token; null when there was no answer. */
export async function askForTokens(
  account: Account,
  refreshToken: string | undefined,
): Promise<TokenAnswer | null> {
  const { clientId, clientSecret, tokenRequest } = account;
  const fields = {
    grant_type: 'refresh_token',
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(tokenRequest.clientAuth === 'basic' ? {} : { client_id: clientId }),
    ...(tokenRequest.clientAuth === 'body' ? { client_secret: clientSecret ?? '' } : {}),
  };
  const isJson = tokenRequest.encoding === 'json';
  const basic = Buffer.from(`${clientId}:${clientSecret ?? ''}`).toString('base64');
  try {
    const response = await fetch(account.tokenUrl, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
        ...(tokenRequest.clientAuth === 'basic' ? { authorization: `Basic ${basic}` } : {}),
      },
      body: isJson ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
    });
    const { status, headers } = response;
    const text = await response.text();
    return { status, waitMs: retryAfterMs(headers), body: parsed(text) };
  } catch {
    return null;
  }
}

/** Whether an answer brings tokens: some services refuse with a 200. */
export const bringsTokens = (answer: TokenAnswer): boolean =>
  answer.status === 200 && typeof answer.body?.access_token === 'string';

/** The code of a refusal; undefined where there is none. */
export function errorIn(answer: TokenAnswer | null): string | undefined {
  // A code counts in a proper refusal only: a proxy's page may say anything, and a limit ends nothing.
  if (answer === null || answer.status >= 500 || answer.status === 429) return undefined;
  const { error, error_description } = answer.body ?? {};
  if (typeof error !== 'string') return undefined;
  // Salesforce says `invalid_grant` for an address that is not allowed: the grant lives on.
  return /\bip restricted\b/i.test(String(error_description)) ? 'unauthorized_client' : error;
}

/** Whether a code is the end of the grant. The last two are GitHub's and Slack's own words. */
export const isOver = (error = ''): boolean =>
  ['invalid_grant', 'bad_refresh_token', 'invalid_refresh_token'].includes(error);

function parsed(text: string): TokenFields | null {
  try {
    return JSON.parse(text) as TokenFields;
  } catch {
    return null;
  }
}
