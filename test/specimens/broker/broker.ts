// A broker as a module, whose habits can be exchanged one by one: careful in all of them unless told otherwise.

import { join } from 'node:path';
import { type Message, TELLERS, whoIs } from '../../../examples/broker/webhooks.ts';
import type { Account } from '../../../mocks/index.ts';
import { authorizationFor } from '../authorization.ts';
import { isNew } from '../new-token.ts';
import { CAREFUL, type Connection, type Habits, type Wish } from './habits.ts';
import { openAudit } from './shared/audit.ts';
import { type Kept, openStore } from './store.ts';
import { askForTokens, errorIn, type TokenAnswer } from './token-endpoint.ts';
import type { Failure, Upstream } from './verdict.ts';

/** A token this close to its end is replaced before it is used. */
const MARGIN_MS = 60_000;

/** Timers that are longer strike at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** A key without a refresh token can only be replaced by its owner. */
const NOTHING_TO_ASK_WITH: TokenAnswer = { status: 400, waitMs: null, body: { error: 'invalid_grant' } };

/** Makes the default export of a broker module. */
export function broker(own: Partial<Habits> = {}) {
  const habits: Habits = { ...CAREFUL, ...own };
  return async (env: NodeJS.ProcessEnv) => {
    habits.arrange(env);
    await habits.probe(env);
    const root = env.HOUR4_STORE ?? '';
    const store = openStore(root);
    const audit = openAudit(join(root, 'audit.jsonl'));
    const connections = new Map<string, Connection>();

    const tell = (type: string, { account }: Connection) =>
      fetch(env.HOUR4_EVENTS_URL ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          type,
          account: account.id,
          tenant: account.tenant,
          service: account.service,
          reason: 'unknown',
          at: new Date().toISOString(),
          reauth_url: account.reauthUrl,
        }),
      });

    const secretOf = (service: string) => env[`HOUR4_${service.toUpperCase()}_WEBHOOK_SECRET`];
    const bury = async (connection: Connection, reason: string) => {
      connection.dead = reason;
      clearTimeout(connection.timer ?? undefined);
      store.keep(connection);
      await tell('reauth_required', connection);
    };

    const exchange = async (connection: Connection) => {
      const { account, refresh } = connection;
      const answer = refresh === '' ? NOTHING_TO_ASK_WITH : await askForTokens(account, refresh);
      if (answer === null || !habits.grants(answer)) {
        const error = errorIn(answer);
        if (habits.isOver(error)) return bury(connection, error ?? 'unknown');
        const nowMs = Date.now();
        connection.refreshesFromMs = Math.max(
          nowMs + (answer?.waitMs ?? 0),
          habits.retryAtMs(nowMs, connection.troubles++),
        );
        plan(connection, connection.refreshesFromMs);
        throw new Error(`the token endpoint of ${account.service} is in trouble (${error ?? 'no word'})`);
      }
      const tokens = answer.body ?? {};
      connection.access = tokens.access_token ?? '';
      connection.refresh = habits.keepRefreshToken(tokens, refresh);
      connection.expiresAtMs = endOf(tokens.expires_in);
      connection.receivedAtMs = Date.now();
      connection.troubles = 0;
      store.keep(connection);
      planAhead(connection);
    };
    const renew = async (connection: Connection) => {
      if (connection.dead !== null) return;
      if (connection.refreshing === null && Date.now() < connection.refreshesFromMs)
        throw new Error(`the token endpoint of ${connection.account.service} wants to be left alone`);
      await habits.refresh(connection, () => exchange(connection));
    };
    const isStale = ({ expiresAtMs }: Connection, marginMs = MARGIN_MS) =>
      expiresAtMs !== null && Date.now() >= expiresAtMs - marginMs;

    const plan = (connection: Connection, atMs: number) => {
      clearTimeout(connection.timer ?? undefined);
      connection.timer = setTimeout(
        () => void renew(connection).catch(() => {}),
        Math.min(Math.max(0, atMs - Date.now()), LONGEST_TIMER_MS),
      );
    };
    // What nobody calls for is renewed all the same: unused refresh tokens die.
    const planAhead = (connection: Connection) => {
      const { expiresAtMs, refresh } = connection;
      const nowMs = Date.now();
      const aheadMs = expiresAtMs === null ? null : habits.renewAtMs(nowMs, expiresAtMs);
      if (refresh !== '') plan(connection, aheadMs ?? habits.keepAliveAtMs(nowMs));
    };

    const send = async (id: string, connection: Connection, wish: Wish): Promise<Upstream | null> => {
      const { account, access } = connection;
      const { method, path, headers = {}, body, agent = null, task = null } = wish;
      const at = new Date().toISOString();
      const response = await fetch(`${account.apiUrl}${path}`, {
        method,
        headers: {
          ...headers,
          ...authorizationFor(account, access),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      }).catch(() => null);
      const status = response?.status ?? 0;
      console.log(habits.line(connection, status));
      const { host } = new URL(account.apiUrl);
      if (habits.logs(status)) audit.log({ at, account: id, agent, task, host, method, path, status });
      if (response === null) return null;
      return { status, body: await response.json().catch(() => null), headers: response.headers };
    };

    // One refresh where the token is old, or may be: for a refusal that a new token met as well it is not its age.
    const attempt = async (id: string, connection: Connection, wish: Wish): Promise<Upstream | null> => {
      if (isStale(connection)) await renew(connection).catch((error) => mustStillLive(connection, error));
      if (connection.dead !== null) return null;
      const what = `${wish.method} ${wish.path.split('?')[0]}`;
      let sent = connection.access;
      let answer =
        (await send(id, connection, wish)) ??
        (habits.sendsAgain(wish.method) ? await send(id, connection, wish) : null);
      for (let tries = 0; answer !== null && habits.isHealable(answer); ) {
        if (connection.barred.has(what)) return answer;
        if (connection.access === sent && !isNew(connection.receivedAtMs)) await renew(connection);
        else if (connection.access === sent && !(await habits.givesTime(tries++, () => renew(connection)))) {
          connection.barred.add(what);
          return answer;
        }
        if (connection.dead !== null) return null;
        sent = connection.access;
        answer = await send(id, connection, wish);
      }
      return answer;
    };
    const mustStillLive = (connection: Connection, error: Error) => {
      if (isStale(connection, 0)) throw error;
    };

    const call = async (id: string, wish: Wish) => {
      const connection = habits.connectionFor(id, connections);
      if (connection === undefined)
        return failed({ code: 'NOT_FOUND', message: `no account ${id}`, retryable: false });
      const { account } = connection;
      if (connection.dead !== null) return needsReauthorization(connection);
      const waitMs = connection.callsFromMs - Date.now();
      if (waitMs > 0)
        return failed({
          code: 'RATE_LIMITED',
          message: `${account.service} limits calls.`,
          retryable: true,
          retryAfterMs: waitMs,
        });
      const foreseen = habits.foresees(account, wish);
      if (foreseen !== null) return failed(foreseen);
      try {
        const answer = await attempt(id, connection, wish);
        if (connection.dead !== null) return needsReauthorization(connection);
        // Whoever asks for a write again may have it done twice.
        if (answer === null)
          return failed({
            ...unavailable(`${account.service} gave no answer`),
            retryable: wish.method === 'GET',
          });
        const failure = habits.verdict(answer, account);
        if (failure === null) return { ok: true, status: answer.status, body: answer.body };
        connection.callsFromMs = Date.now() + (failure.retryAfterMs ?? 0);
        habits.onFailure(
          () => renew(connection),
          () => send(id, connection, wish),
        );
        return failed(failure);
      } catch (error) {
        return failed(unavailable((error as Error).message));
      }
    };

    const hold = (kept: Kept): Connection => {
      const none = { refreshing: null, receivedAtMs: 0, callsFromMs: 0, refreshesFromMs: 0, troubles: 0 };
      const connection: Connection = { ...kept, ...none, timer: null, barred: new Set() };
      connections.set(kept.account.id, connection);
      if (kept.dead === null) planAhead(connection);
      return connection;
    };
    for (const kept of store.all()) hold(kept);

    return {
      call,
      async connect(account: Account) {
        const before = connections.get(account.id);
        clearTimeout(before?.timer ?? undefined);
        const { accessToken: access, refreshToken, expiresAt } = account;
        const connection = hold({
          account,
          access: habits.accessAfterConsent(before?.access ?? access, access),
          refresh: refreshToken ?? '',
          expiresAtMs: expiresAt === null ? null : Date.parse(expiresAt),
          dead: null,
          // Only who is told by webhook needs to know whom a message names.
          user: secretOf(account.service) === undefined ? null : await whoIs(account),
        });
        store.keep(connection);
        if (before !== undefined) await tell('reauth_succeeded', connection);
      },
      async token(id: string) {
        const connection = connections.get(id);
        if (connection === undefined)
          return failed({ code: 'NOT_FOUND', message: `no account ${id}`, retryable: false });
        if (!habits.handsOut(connection.account, env))
          return failed({
            code: 'PERSONAL_IN_CI',
            message: `${id} is somebody's own account`,
            retryable: false,
          });
        if (isStale(connection)) await renew(connection).catch(() => {});
        const { access: accessToken, expiresAtMs } = connection;
        return { accessToken, expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString() };
      },
      async status(id: string) {
        const connection = connections.get(id);
        return { status: connection === undefined ? 'error' : habits.stateOf(connection) };
      },
      audit: async () => audit.rows(),
      async webhook(service: string, message: Message) {
        const served = [...connections.values()].filter(({ account }) => account.service === service);
        const [one] = served;
        const secret = secretOf(service);
        if (one === undefined || secret === undefined) return false;
        if (!(await habits.trusts(service, message, { ...one.account, secret }))) return false;
        if (!habits.heeds(service)) return true;
        const users = TELLERS[service]?.ended(message) ?? [];
        const tokens = TELLERS[service]?.endedTokens?.(message) ?? [];
        for (const connection of served) {
          const { dead, user, refresh } = connection;
          const isEnded =
            (user !== null && users.includes(user)) || tokens.some((token) => refresh.startsWith(token));
          if (dead === null && isEnded) await bury(connection, 'revoked');
        }
        return true;
      },
      async close() {
        for (const { timer } of connections.values()) clearTimeout(timer ?? undefined);
      },
    };
  };
}

// Seconds, also in a string; nothing, and less than nothing, states no end.
function endOf(expiresIn: unknown): number | null {
  const seconds = Number(expiresIn ?? 0);
  return seconds > 0 ? Date.now() + seconds * 1000 : null;
}

const failed = (error: Failure & { readonly reauth_url?: string | null }) => ({ ok: false, error });
const unavailable = (message: string): Failure => ({
  code: 'UPSTREAM_UNAVAILABLE',
  message,
  retryable: true,
});

function needsReauthorization({ account, dead }: Connection) {
  const message = `${account.id} needs a new consent: ${dead}`;
  return failed({ code: 'REAUTH_REQUIRED', message, retryable: false, reauth_url: account.reauthUrl });
}
