// Completes a reauthorization as a person with a browser would: opens the URL, consents, and the code is exchanged.

import { isJsonObject, parseJsonObject } from '../../mocks/http.ts';
import type { Account, Answer, Json, Request } from '../../mocks/index.ts';
import type { World } from '../world/world.ts';
import type { SubjectRun } from './subject.ts';

const REDIRECTS_MAX = 5;

/**
 * Gives an account a new grant through its service's own authorization endpoint.
 * @param event what asked for it; its `reauth_url` is opened where it leads to a service of this world
 * @returns the account with the tokens of the new grant; null where no consent came of it
 */
export async function reauthorize(
  { world, clock }: Pick<SubjectRun, 'world' | 'clock'>,
  account: Account,
  event: Json = null,
): Promise<Account | null> {
  const named = isJsonObject(event) && typeof event.reauth_url === 'string' ? event.reauth_url : null;
  const start = named?.startsWith(`${account.apiUrl}/`) ? named : account.reauthUrl;
  if (start === null) return null;
  const redirectUri = new URL(start).searchParams.get('redirect_uri');
  const code = redirectUri === null ? null : await consent(world, account, start, redirectUri);
  if (code === null || redirectUri === null) return null;
  const answer = await exchange(world, account, code, redirectUri);
  return renewed(account, answer, clock.startMs + clock.nowMs);
}

async function consent(
  world: World,
  account: Account,
  start: string,
  redirectUri: string,
): Promise<string | null> {
  let url = start;
  for (let hops = 0; hops < REDIRECTS_MAX; hops++) {
    const { headers } = await send(world, account.service, requestOf('GET', url));
    const { location } = headers;
    if (location === undefined) return null;
    if (location.startsWith(redirectUri)) return new URL(location).searchParams.get('code');
    url = new URL(location, url).href;
  }
  return null;
}

function exchange(world: World, account: Account, code: string, redirectUri: string): Promise<Answer> {
  const { tokenRequest, clientId, clientSecret } = account;
  const secret = clientSecret ?? '';
  const proof = tokenRequest.clientAuth === 'body' ? { client_id: clientId, client_secret: secret } : {};
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...proof };
  const isJson = tokenRequest.encoding === 'json';
  const basic = `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;
  return send(world, account.service, {
    ...requestOf('POST', account.tokenUrl),
    headers: {
      // GitHub answers a form to whoever does not ask for JSON.
      accept: 'application/json',
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(tokenRequest.clientAuth === 'basic' ? { authorization: basic } : {}),
    },
    body: isJson ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
  });
}

function renewed(account: Account, { body }: Answer, nowMs: number): Account | null {
  const told = typeof body === 'string' ? parseJsonObject(body) : isJsonObject(body) ? body : null;
  if (typeof told?.access_token !== 'string') return null;
  const seconds = Number(told.expires_in ?? Number.NaN);
  return {
    ...account,
    accessToken: told.access_token,
    refreshToken: typeof told.refresh_token === 'string' ? told.refresh_token : null,
    expiresAt: Number.isNaN(seconds) ? null : new Date(nowMs + seconds * 1000).toISOString(),
  };
}

function requestOf(method: string, url: string): Request {
  const { host, pathname, searchParams } = new URL(url);
  return { method, host, path: pathname, query: Object.fromEntries(searchParams), headers: {}, body: '' };
}

function send(world: World, service: string, request: Request): Promise<Answer> {
  return new Promise((resolve) => {
    const lost: Answer = { status: 0, headers: {}, body: '' };
    world.receive(service, request, {
      socket: null,
      send: resolve,
      cut: () => resolve(lost),
      onGone: () => {},
    });
  });
}
