// A visit to one mocked service by one account, with a clock that the test sets.

import type { Act } from '../../mocks/acts.ts';
import type { Exchange } from '../../mocks/exchange.ts';
import type { JsonObject } from '../../mocks/http.ts';
import { createProvider } from '../../mocks/provider.ts';
import { seededRandomness } from '../../mocks/randomness.ts';
import type { Service } from '../../mocks/service.ts';

export const START_MS = Date.parse('2026-03-02T22:00:00.000Z');
export const ORIGIN = 'http://127.0.0.1:1';

interface Options {
  readonly tenant?: string;
  readonly scopes?: readonly string[];
  readonly data?: Readonly<Record<string, readonly JsonObject[]>>;
}

/** What a call may say beyond its path. */
interface Words {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
}

/** Opens an account and returns what a test needs to speak for it. */
export function visit(service: Service, { tenant = 'acme', scopes, data }: Options = {}) {
  const randomness = seededRandomness(7);
  const provider = createProvider(service, {
    origin: ORIGIN,
    randomness,
    ...(data === undefined ? {} : { data }),
  });
  const connect = (id: string, of: string) =>
    provider.connect({ id, tenant: of, atMs: START_MS, ...(scopes === undefined ? {} : { scopes }) }).account;
  const account = connect(`${tenant}-${service.id}`, tenant);
  const clock = { nowMs: START_MS };
  let exchanges = 0;

  const send = (method: string, target: string, body: string, headers: Record<string, string>): Exchange => {
    const url = new URL(target, 'http://mock.invalid');
    const query = Object.fromEntries(url.searchParams);
    exchanges++;
    const request = { method, host: url.host, path: url.pathname, query, headers, body };
    return provider.handle(request, clock.nowMs, `x${exchanges}`);
  };

  const call = (
    path: string,
    { method = 'GET', body, headers = {}, token = account.accessToken }: Words = {},
  ) =>
    send(method, path, typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body), {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    });

  const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    send('POST', path, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });

  const client = { client_id: account.clientId, client_secret: account.clientSecret ?? '' };
  /** A token request in which the client shows who it is as the account says. */
  const tokenRequest = (fields: Record<string, string>, path: string = service.endpoints.token[0]) => {
    const { client_id, client_secret, ...others } = { ...client, ...fields };
    if (account.tokenRequest.clientAuth !== 'basic') return form(path, { ...client, ...fields });
    const credentials = Buffer.from(`${client_id}:${client_secret}`).toString('base64');
    return form(path, others, { authorization: `Basic ${credentials}` });
  };
  const refresh = (
    refreshToken = account.refreshToken ?? '',
    fields: Record<string, string> = {},
    path = service.endpoints.token[0],
  ) => tokenRequest({ grant_type: 'refresh_token', refresh_token: refreshToken, ...fields }, path);

  return {
    provider,
    account,
    client,
    clock,
    call,
    form,
    tokenRequest,
    refresh,
    send,
    connect,
    act: (act: Act) => provider.act(account.id, act, clock.nowMs),
    advance: (ms: number) => {
      clock.nowMs += ms;
    },
  };
}

/** The JSON object in an answer. */
export function bodyOf({ answer }: Exchange): Record<string, unknown> {
  const { body } = answer;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Error(`no JSON object in the answer: ${answer.status} ${JSON.stringify(body)}`);
  }
  return { ...body };
}
