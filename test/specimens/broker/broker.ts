// A broker as a module, whose habits can be exchanged one by one: careful in all of them unless told otherwise.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../../mocks/index.ts';
import { CAREFUL, type Connection, type Habits, type TokenAnswer } from './habits.ts';
import { probeClients } from './probe.ts';

/** A call as it is asked for. */
interface Wish {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly task?: string;
  readonly agent?: string;
}

/** A token this close to its end is replaced before it is used. */
const MARGIN_MS = 60_000;

/** Makes the default export of a broker module. */
export function broker(own: Partial<Habits> = {}) {
  const habits: Habits = { ...CAREFUL, ...own };
  return async (env: NodeJS.ProcessEnv) => {
    await probeClients(env);
    const connections = new Map<string, Connection>();
    const audit: object[] = [];
    const persist = ({ account, access, refresh }: Connection) =>
      writeFileSync(join(env.HOUR4_STORE ?? '', `${account.id}.json`), JSON.stringify({ access, refresh }));

    const tell = (type: string, { account, dead }: Connection) =>
      fetch(env.HOUR4_EVENTS_URL ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          type,
          account: account.id,
          tenant: account.tenant,
          service: account.service,
          reason: dead === null ? 'unknown' : 'revoked',
          at: new Date().toISOString(),
          reauth_url: account.reauthUrl,
        }),
      });

    const exchange = async (connection: Connection) => {
      const { account, refresh } = connection;
      const response = await fetch(account.tokenUrl, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: refresh,
          client_id: account.clientId,
          client_secret: account.clientSecret ?? '',
        }),
      });
      const answer = (await response.json()) as TokenAnswer & { error?: string };
      if (response.status !== 200) {
        if (answer.error !== 'invalid_grant') throw new Error(`the token endpoint said ${response.status}`);
        connection.dead = answer.error;
        await tell('reauth_required', connection);
        return;
      }
      connection.access = answer.access_token;
      connection.refresh = habits.keepRefreshToken(answer, refresh);
      connection.expiresAtMs = answer.expires_in === undefined ? null : Date.now() + answer.expires_in * 1000;
      persist(connection);
    };
    const renew = (connection: Connection) => habits.refresh(connection, () => exchange(connection));
    const isStale = ({ expiresAtMs }: Connection) =>
      expiresAtMs !== null && Date.now() >= expiresAtMs - MARGIN_MS;

    const send = async ({ account, access }: Connection, wish: Wish) => {
      const { method, path, headers = {}, body } = wish;
      const response = await fetch(`${account.apiUrl}${path}`, {
        method,
        headers: {
          ...headers,
          authorization: account.authorization.replace('{token}', access),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      });
      audit.push({
        at: new Date().toISOString(),
        account: account.id,
        agent: wish.agent ?? null,
        task: wish.task ?? null,
        host: new URL(account.apiUrl).host,
        method,
        path,
        status: response.status,
        newDestination: !audit.some((entry) => (entry as { account: string }).account === account.id),
      });
      return { status: response.status, body: await response.json().catch(() => null) };
    };

    const call = async (id: string, wish: Wish) => {
      const connection = habits.connectionFor(id, connections);
      if (connection === undefined) return failure('NOT_FOUND', `no account ${id}`, false);
      if (connection.dead === null && isStale(connection)) await renew(connection);
      if (connection.dead !== null) return needsReauthorization(connection);
      const sent = connection.access;
      let answer = await send(connection, wish);
      if (answer.status === 401) {
        if (connection.access === sent) await renew(connection);
        if (connection.dead !== null) return needsReauthorization(connection);
        answer = await send(connection, wish);
      }
      if (answer.status < 400) return { ok: true, ...answer };
      if (answer.status === 403) return failure('PERMISSION_DENIED', 'denied upstream', false, answer.status);
      if (answer.status === 404) return failure('NOT_FOUND', 'not found upstream', false, answer.status);
      return failure('UPSTREAM_UNAVAILABLE', `upstream said ${answer.status}`, true, answer.status);
    };

    return {
      call,
      async connect(account: Account) {
        const before = connections.get(account.id);
        const { accessToken: access, refreshToken, expiresAt } = account;
        const connection: Connection = {
          account,
          access,
          refresh: refreshToken ?? '',
          expiresAtMs: expiresAt === null ? null : Date.parse(expiresAt),
          dead: null,
          refreshing: null,
        };
        persist(connection);
        connections.set(account.id, connection);
        if (before !== undefined) await tell('reauth_succeeded', connection);
      },
      async token(id: string) {
        const connection = connections.get(id);
        if (connection === undefined) throw new Error(`no account ${id}`);
        const { access: accessToken, expiresAtMs } = connection;
        return { accessToken, expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString() };
      },
      async status(id: string) {
        const connection = connections.get(id);
        return {
          status:
            connection === undefined ? 'error' : connection.dead === null ? 'active' : 'reauth_required',
        };
      },
      audit: async () => audit,
      async close() {},
    };
  };
}

function failure(code: string, message: string, retryable: boolean, upstreamStatus?: number) {
  const error = { code, message, retryable };
  return { ok: false, error: upstreamStatus === undefined ? error : { ...error, upstreamStatus } };
}

function needsReauthorization({ account, dead }: Connection) {
  const { error } = failure('REAUTH_REQUIRED', `${account.id} needs a new consent: ${dead}`, false);
  return { ok: false, error: { ...error, reauth_url: account.reauthUrl } };
}
