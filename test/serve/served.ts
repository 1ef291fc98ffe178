// A stand with its control API inside the test's own process, on free ports, under a clock that stands.

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { DEFAULT_LIMITS } from '../../harness/config/config.ts';
import type { Entry } from '../../harness/entry.ts';
import { openControl } from '../../harness/serve/control.ts';
import { openStand, type Stand } from '../../harness/serve/stand.ts';
import { wantedServices } from '../../harness/serve/wanted.ts';
import { type HandClock, handClock } from '../../harness/time/hand-clock.ts';
import type { Account } from '../../mocks/index.ts';

export const START_MS = Date.parse('2026-03-02T22:00:00.000Z');
const HOST = '127.0.0.1';

/** Whatever the API has said; each test looks at what it expects. */
type Parsed = ReturnType<typeof JSON.parse>;

/** What was answered. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** The control API and the services, with ways to ask them. */
export interface Served {
  readonly stand: Stand;
  readonly clock: HandClock;
  /** `http://127.0.0.1:PORT/_hour4` */
  readonly api: string;
  /** Asks the control API; the body is sent as JSON, a string as it is. */
  ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: Parsed }>;
  /** A new account. */
  account(wish: { readonly service: string; readonly [key: string]: unknown }): Promise<Account>;
  ledger(): Promise<readonly Entry[]>;
  /** Calls a service with an account's access token. */
  call(account: Account, path: string): Promise<Answered>;
  /** Refreshes an account's first grant. */
  refresh(account: Account): Promise<Answered>;
}

/** Serves for the length of a test. */
export async function served(services: readonly string[] = ['plain'], bodyBytes = 2 ** 20): Promise<Served> {
  const clock = handClock({ startMs: START_MS });
  clock.setRate(0);
  const stand = await openStand({
    clock,
    seed: 1,
    services: wantedServices(
      services,
      null,
      services.map((text) => text.split(':')[0] ?? ''),
    ),
    data: {},
    limits: { ...DEFAULT_LIMITS, bodyBytes },
    host: HOST,
    port: 0,
    startMs: () => START_MS,
  });
  const control = await openControl(stand, HOST, 0);
  onTestFinished(async () => {
    await control.close();
    await stand.close();
  });
  const api = `${control.origin}/_hour4`;
  const ask: Served['ask'] = async (method, path, body) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const { status, text: answered } = await send(`${api}${path}`, { method, body: text ?? '' });
    return { status, body: JSON.parse(answered) };
  };
  return {
    stand,
    clock,
    api,
    ask,
    account: async (wish) => {
      const { status, body } = await ask('POST', '/accounts', wish);
      if (status !== 201) throw new Error(body.error);
      return body;
    },
    ledger: async () => (await ask('GET', '/ledger')).body,
    call: (account, path) =>
      send(`${account.apiUrl}${path}`, { headers: { authorization: `Bearer ${account.accessToken}` } }),
    refresh: (account) =>
      send(account.tokenUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: account.refreshToken ?? '',
          client_id: account.clientId,
          client_secret: account.clientSecret ?? '',
        }).toString(),
      }),
  };
}

/** Sends one request on a connection of its own, exactly as it is given; `path` takes the place of the URL's. */
export function send(
  url: string,
  {
    body = '',
    ...options
  }: { method?: string; path?: string; headers?: Readonly<Record<string, string>>; body?: string } = {},
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(url, { ...options, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end(body);
  });
}
