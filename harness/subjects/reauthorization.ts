// Completes a reauthorization as a person with a browser would: opens the URL, consents, and the code is exchanged.

import { isJsonObject, parseJsonObject } from '../../mocks/http.ts';
import type { Account, Answer, Json, Request } from '../../mocks/index.ts';
import { openDoor } from '../person/door.ts';
import type { World } from '../world/world.ts';
import type { SubjectRun } from './subject.ts';

/** How long a person takes over a new consent, in virtual ms. */
export const CONSENT_TAKES_MS = 60_000;

const REDIRECTS_MAX = 5;

/**
 * Gives an account a new grant through its service's own authorization endpoint.
 * @param event what asked for it; its `reauth_url` is opened where it leads to a service of this world
 * @returns the account with the tokens of the new grant; null where no consent came of it
 */
export async function reauthorize(
  run: Pick<SubjectRun, 'world' | 'clock' | 'person' | 'scenario'>,
  account: Account,
  event: Json = null,
): Promise<Account | null> {
  const { world, clock } = run;
  const named = isJsonObject(event) && typeof event.reauth_url === 'string' ? event.reauth_url : null;
  const start = named?.startsWith(`${account.apiUrl}/`) ? named : account.reauthUrl;
  if (start === null) return null;
  const redirectUri = new URL(start).searchParams.get('redirect_uri');
  if (redirectUri === null) return null;
  const pages = world.providers.get(account.service)?.consentPages;
  const { code, go } =
    pages === undefined
      ? { code: await consent(world, account, start, redirectUri), go: () => {} }
      : await consentAtPages(run, account, start, redirectUri);
  if (code === null) {
    go();
    return null;
  }
  const answered = exchange(world, account, { ...pages?.exchange, code, redirect_uri: redirectUri });
  go();
  return renewed(account, await answered, clock.startMs + clock.nowMs);
}

// Time stands until `go`, but for the answers that the browser waits for.
async function consentAtPages(
  { world, clock, person, scenario }: Parameters<typeof reauthorize>[0],
  account: Account,
  url: string,
  redirectUri: string,
): Promise<{ code: string | null; go(): void }> {
  const door = await openDoor({ world, clock }, account, redirectUri);
  if (person === null) throw new Error(`a person is to consent for ${account.id}, and nobody is there`);
  const end = await person.visit({ ...scenario.person, url, redirectUri, account: account.id }, door.origin);
  const go = clock.hold('a person has come back from the browser');
  await door.close();
  return { code: new URL(end).searchParams.get('code'), go };
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

function exchange(world: World, account: Account, found: Readonly<Record<string, string>>): Promise<Answer> {
  const { tokenRequest, clientId, clientSecret } = account;
  const secret = clientSecret ?? '';
  const proof = {
    ...(tokenRequest.clientAuth === 'basic' ? {} : { client_id: clientId }),
    ...(tokenRequest.clientAuth === 'body' ? { client_secret: secret } : {}),
  };
  const fields = { grant_type: 'authorization_code', ...found, ...proof };
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
    // The person may have given less than was asked for (RFC 6749 section 5.1).
    scopes: typeof told.scope === 'string' ? told.scope.split(' ') : account.scopes,
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
