// What the mock tool asks of the `plain` service, and what it makes of the answers.

import type { Credential } from './credential.ts';

/** What came of a request, classified as challenge 53 asks for. */
export type Answered =
  | { readonly kind: 'ok'; readonly data: unknown }
  | { readonly kind: 'expired'; readonly endedAtMs: number | null }
  | { readonly kind: 'invalid' | 'denied' | 'not-found' }
  | { readonly kind: 'failed'; readonly why: string };

/** One command of the tool as a request. */
export interface Wanted {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

const COMMANDS: Readonly<Record<string, (words: readonly string[]) => Wanted>> = {
  whoami: () => ({ method: 'GET', path: '/v1/me' }),
  items: () => ({ method: 'GET', path: '/v1/items' }),
  item: ([id = '']) => ({ method: 'GET', path: `/v1/items/${encodeURIComponent(id)}` }),
  add: ([name = '']) => ({ method: 'POST', path: '/v1/items', body: { name } }),
  remove: ([id = '']) => ({ method: 'DELETE', path: `/v1/items/${encodeURIComponent(id)}` }),
  admin: () => ({ method: 'GET', path: '/v1/admin' }),
};

/** The names of the commands. */
export const COMMAND_NAMES: readonly string[] = [...Object.keys(COMMANDS), 'auth refresh'];

/** The request of a command; null for one that there is not. */
export function wantedBy([command = '', ...words]: readonly string[]): Wanted | null {
  return Object.hasOwn(COMMANDS, command) ? (COMMANDS[command]?.(words) ?? null) : null;
}

/** Whether a credential is known to be over. */
export const isOver = ({ expiresAtMs }: Credential, nowMs: number): boolean =>
  expiresAtMs !== null && nowMs >= expiresAtMs;

/** Sends a request and classifies the answer: by what is known of the credential first, then by the words. */
export async function send(
  api: string,
  { method, path, body }: Wanted,
  credential: Credential,
  nowMs: () => number,
): Promise<Answered> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  try {
    const response = await fetch(`${api}${path}`, {
      method,
      headers: { authorization: `Bearer ${credential.accessToken}`, 'content-type': 'application/json' },
      ...json,
    });
    const text = await response.text();
    if (response.ok) return { kind: 'ok', data: text === '' ? null : (JSON.parse(text) as unknown) };
    if (response.status === 404) return { kind: 'not-found' };
    if (response.status !== 401 && response.status !== 403)
      return { kind: 'failed', why: `The service answered ${response.status}.` };
    if (isOver(credential, nowMs()) || /expired/i.test(text))
      return { kind: 'expired', endedAtMs: credential.expiresAtMs };
    return { kind: response.status === 401 ? 'invalid' : 'denied' };
  } catch (error) {
    return { kind: 'failed', why: `The service could not be reached (${(error as Error).message}).` };
  }
}

/** Exchanges the refresh token; null when the grant is over. */
export async function refresh(
  env: Readonly<Record<string, string | undefined>>,
  refreshToken: string,
  nowMs: () => number,
): Promise<Credential | null> {
  const response = await fetch(env.HOUR4_PLAIN_TOKEN_URL ?? '', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: env.HOUR4_PLAIN_CLIENT_ID ?? '',
      client_secret: env.HOUR4_PLAIN_CLIENT_SECRET ?? '',
    }),
  });
  if (!response.ok) return null;
  const answer = (await response.json()) as {
    access_token: string;
    refresh_token?: string;
    expires_in?: number;
  };
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? refreshToken,
    expiresAtMs: answer.expires_in === undefined ? null : nowMs() + answer.expires_in * 1000,
  };
}
