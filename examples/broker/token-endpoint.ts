// Asks a token endpoint, and says what its answer means: new tokens, the end of the grant, a bad client, or just trouble.

import type { Account } from './account.ts';
import { send } from './request.ts';

/** What came of it. Only `ended` is the end: whatever else goes wrong passes, and nothing is thrown away for it. */
export type Exchanged =
  | {
      readonly kind: 'tokens';
      readonly accessToken: string;
      readonly refreshToken: string | null;
      readonly expiresAt: string | null;
    }
  | { readonly kind: 'ended' }
  | { readonly kind: 'client-refused'; readonly retryAfterMs: number }
  | { readonly kind: 'unavailable'; readonly why: string; readonly retryAfterMs: number | null };

type Client = Pick<Account, 'tokenUrl' | 'clientId' | 'clientSecret' | 'tokenRequest'>;

/** The codes that say for good: this grant is over (RFC 6749 section 5.2; the last two are GitHub's and Slack's own). */
const OVER = new Set(['invalid_grant', 'bad_refresh_token', 'invalid_refresh_token']);

/** A refusal that only the operator can heal is looked at again as seldom as this. */
const OPERATOR_MS = 2 * 60_000;

/** Exchanges a refresh token. */
export async function exchange(client: Client, refreshToken: string): Promise<Exchanged> {
  const answer = await send(client.tokenUrl, request(client, refreshToken));
  if (answer === null) return { kind: 'unavailable', why: 'no answer', retryAfterMs: null };
  const { status, body, retryAfterMs } = answer;
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  if (status === 200 && typeof fields.access_token === 'string') {
    return {
      kind: 'tokens',
      accessToken: fields.access_token,
      // Absent means: the one you have goes on.
      refreshToken: typeof fields.refresh_token === 'string' ? fields.refresh_token : null,
      expiresAt: endOf(fields.expires_in),
    };
  }
  // An error code counts only in a proper answer: a proxy's page may say anything. Some services refuse with 200.
  const { error } = fields;
  if (status < 500 && status !== 429 && typeof error === 'string') {
    // One word stands for many ends: which it was, nobody says.
    if (isOver(error, String(fields.error_description))) return { kind: 'ended' };
    if (error === 'invalid_client') return { kind: 'client-refused', retryAfterMs: OPERATOR_MS };
    return { kind: 'unavailable', why: error, retryAfterMs: retryAfterMs ?? OPERATOR_MS };
  }
  return { kind: 'unavailable', why: `status ${status}`, retryAfterMs };
}

/** Whether the client credentials are good, tried with a refresh token that nobody has: the client is looked at first. */
export async function isClientRefused(client: Client): Promise<boolean> {
  return (await exchange(client, 'probe')).kind === 'client-refused';
}

function isOver(error: string, description: string): boolean {
  // Atlassian's code for a dead grant is elsewhere the word for a client that may not come now.
  if (error === 'unauthorized_client') return /\brefresh_token is invalid\b/i.test(description);
  // Salesforce's word for an address that is not allowed: the grant lives on.
  return OVER.has(error) && !/\bip restricted\b/i.test(description);
}

function request({ clientId, clientSecret, tokenRequest }: Client, refreshToken: string) {
  const secret = clientSecret ?? '';
  const { encoding, clientAuth } = tokenRequest;
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...(clientAuth === 'basic' ? {} : { client_id: clientId }),
    ...(clientAuth === 'body' ? { client_secret: secret } : {}),
  };
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString(
    'base64',
  );
  return {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(clientAuth === 'basic' ? { authorization: `Basic ${basic}` } : {}),
    },
    body: encoding === 'json' ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
  };
}

// Seconds, as a number or as digits; anything else, nothing and less than nothing included, states no end.
function endOf(expiresIn: unknown): string | null {
  const seconds = typeof expiresIn === 'number' || typeof expiresIn === 'string' ? Number(expiresIn) : 0;
  return seconds > 0 ? new Date(Date.now() + seconds * 1000).toISOString() : null;
}
