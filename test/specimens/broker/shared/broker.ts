// A broker as a module, made for several replicas over one store: careful in all of its habits unless told otherwise.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../../../mocks/index.ts';
import { authorizationFor } from '../../authorization.ts';
import { isNew } from '../../new-token.ts';
import { probeClients } from '../probe.ts';
import { askForTokens, type TokenAnswer } from '../token-endpoint.ts';
import { refusesToken, type Upstream } from '../verdict.ts';
import { openAudit } from './audit.ts';
import { CAREFUL, type Habits } from './habits.ts';
import { type Kept, openStore } from './store.ts';
import { subjectOf } from './subject.ts';

/** A call as it is asked for. */
interface Wish {
  readonly method: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly task?: string;
  readonly agent?: string;
}

/** So long an answer is waited for: much shorter than a lease. */
const REQUEST_MS = 20_000;
/** A token this close to its end is replaced before it is used. */
const MARGIN_MS = 60_000;
const LOOK_EVERY_MS = 120_000;
/** So late another replica’s renewal must be before this one does it. */
const LATE_MS = 120_000;
const WAIT_MS = 1000;
/** So long somebody waits for another’s refresh: longer than a lease. */
const PATIENCE_MS = 90_000;

/** Makes the default export of a broker module. */
export function broker(own: Partial<Habits> = {}) {
  const habits: Habits = { ...CAREFUL, ...own };
  return async (env: NodeJS.ProcessEnv) => {
    await probeClients(env);
    const root = env.HOUR4_STORE ?? '';
    const replica = env.HOUR4_REPLICA ?? '0';
    const store = habits.keeps(openStore(root));
    const audit = openAudit(join(root, `audit-${replica}.jsonl`));
    /** What is not in the store: tokens that are not written yet, or a replica’s own copy. */
    const inMemory = new Map<string, Kept>();
    const underWay = new Map<string, Promise<Kept>>();

    const read = (id: string): Kept | null => {
      const kept = inMemory.get(id) ?? store.read(id);
      if (kept !== null && habits.reads === 'own-copy') inMemory.set(id, kept);
      return kept;
    };
    const write = (id: string, kept: Kept) => {
      store.write(id, kept);
      if (habits.reads === 'own-copy') inMemory.set(id, kept);
    };

    const tell = (type: string, { account }: Kept, reason: string) =>
      fetch(env.HOUR4_EVENTS_URL ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          type,
          account: account.id,
          tenant: account.tenant,
          service: account.service,
          reason,
          at: new Date().toISOString(),
          reauth_url: account.reauthUrl,
        }),
      });

    /** Sees to it that the account has other tokens than `access`; all callers of this replica share one try. */
    const replace = (id: string, access: string): Promise<Kept> => {
      const present = underWay.get(id);
      if (present !== undefined) return present;
      const started = replaceOnce(id, access).finally(() => underWay.delete(id));
      underWay.set(id, started);
      return started;
    };
    const replaceOnce = async (id: string, access: string): Promise<Kept> => {
      for (const untilMs = Date.now() + PATIENCE_MS; Date.now() < untilMs; ) {
        const kept = read(id);
        if (kept === null) throw new Error(`no account ${id}`);
        if (habits.isLeftAlone(kept) || kept.access !== access) return kept;
        if (Date.now() < kept.notBeforeMs) throw new Error('the token endpoint has trouble');
        const lock = habits.take(root, habits.lockName(id), habits.leaseMs);
        if (lock === null) {
          await sleep(WAIT_MS);
          continue;
        }
        try {
          const now = read(id);
          if (now?.access === access && !habits.isLeftAlone(now)) await exchange(id, now);
          const after = read(id);
          if (after !== null && after.ended !== null) return after;
        } finally {
          lock.release();
        }
      }
      throw new Error('somebody else holds the lock');
    };

    const exchange = async (id: string, kept: Kept): Promise<void> => {
      const answering = askForTokens(kept.account, kept.refresh);
      const late = Symbol('late');
      const answer = await Promise.race([answering, sleep(REQUEST_MS, late, { ref: false })]);
      if (answer === late) {
        // Should it come after all, it is as good as any, if nobody was faster.
        void answering.then((after) => {
          if (after !== null && habits.grants(after)) return settle(id, kept, after);
        });
        await settle(id, kept, null);
      } else await settle(id, kept, answer);
    };

    const settle = async (id: string, before: Kept, answer: TokenAnswer | null): Promise<void> => {
      const kept = read(id) ?? before;
      if (answer !== null && habits.grants(answer)) {
        if (!habits.mayWrite(kept, before.refresh)) return;
        const nowMs = Date.now();
        const expiresAtMs = habits.expiresAtMs(answer.body?.expires_in ?? null, nowMs);
        const renewed: Kept = {
          ...kept,
          access: answer.body?.access_token ?? '',
          receivedAtMs: nowMs,
          refresh: habits.refreshToken(answer, before.refresh),
          expiresAtMs,
          renewAtMs: habits.renewAtMs(nowMs, expiresAtMs),
          keeper: replica,
          notBeforeMs: 0,
          troubles: 0,
        };
        if (habits.persists === 'before-use') write(id, renewed);
        else inMemory.set(id, renewed);
      } else if (habits.isEnd(answer)) {
        if (!habits.mayEnd(kept, before.refresh)) return;
        const reason = habits.reasonOf(answer);
        write(id, { ...kept, ended: reason });
        if (kept.ended === null) await tell('reauth_required', kept, reason);
      } else {
        const waitMs = habits.waitMs(answer, kept.troubles);
        write(id, { ...kept, notBeforeMs: Date.now() + waitMs, troubles: kept.troubles + 1 });
      }
    };

    const send = async (kept: Kept, wish: Wish): Promise<Upstream> => {
      const { account, access } = kept;
      const { method, path, headers = {}, body, task = null, agent = null } = wish;
      const at = new Date().toISOString();
      const { host } = new URL(account.apiUrl);
      const response = await fetch(`${account.apiUrl}${path}`, {
        method,
        headers: {
          ...headers,
          ...authorizationFor(account, access),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      });
      const { status } = response;
      audit.log({ at, account: account.id, agent, task, host, method, path, status });
      if (habits.persists === 'after-use' && status < 400) persist(account.id);
      return { status, body: await response.json().catch(() => null), headers: response.headers };
    };
    const persist = (id: string) => {
      const kept = inMemory.get(id);
      if (kept === undefined) return;
      store.write(id, kept);
      inMemory.delete(id);
    };

    const isOver = ({ expiresAtMs }: Kept, marginMs: number) =>
      expiresAtMs !== null && Date.now() >= expiresAtMs - marginMs;

    const call = async (id: string, wish: Wish) => {
      let kept = read(id);
      if (kept === null) return failed('NOT_FOUND', `no account ${id}`);
      if (habits.isLeftAlone(kept) || habits.isBarred(() => store.ids().map(read)))
        return consentNeeded(kept);
      try {
        if (isOver(kept, MARGIN_MS)) kept = await ahead(id, kept);
        if (habits.isLeftAlone(kept)) return consentNeeded(kept);
        return await attempt(id, kept, wish);
      } catch (error) {
        return failed('UPSTREAM_UNAVAILABLE', (error as Error).message, true);
      }
    };
    const attempt = async (id: string, before: Kept, wish: Wish) => {
      let kept = before;
      let isRenewed = false;
      const renew = async () => {
        isRenewed = true;
        kept = await replace(id, kept.access);
      };
      let answer = await send(kept, wish);
      for (let tries = 0; refusesToken(answer); answer = await send(kept, wish)) {
        const mayBeUnknown = isNew(kept.receivedAtMs);
        if (!mayBeUnknown && !isRenewed) await renew();
        else if (!mayBeUnknown || !(await habits.givesTime(tries++, renew))) break;
        else kept = read(id) ?? kept;
        if (habits.isLeftAlone(kept)) return consentNeeded(kept);
      }
      const failure = habits.verdict(answer, kept.account);
      return failure === null
        ? { ok: true, status: answer.status, body: answer.body }
        : { ok: false, error: failure };
    };
    // While the old token lives, trouble with the new one is no reason to fail.
    const ahead = async (id: string, kept: Kept): Promise<Kept> => {
      try {
        return await replace(id, kept.access);
      } catch (error) {
        if (isOver(kept, 0)) throw error;
        return kept;
      }
    };

    const look = () => {
      for (const id of store.ids()) {
        const kept = read(id);
        if (kept === null || kept.ended !== null || kept.renewAtMs === null) continue;
        const dueMs = kept.renewAtMs + (kept.keeper === replica ? 0 : LATE_MS);
        if (Date.now() >= dueMs) replace(id, kept.access).catch(() => {});
      }
    };
    const looking = setInterval(look, LOOK_EVERY_MS);

    return {
      call,
      async connect(account: Account) {
        const before = store.read(account.id);
        const subject = habits.asksWhoConsented ? await subjectOf(account) : null;
        if (before !== null && before.subject !== subject)
          throw new Error(`${subject} consented for ${account.id}, which belongs to ${before.subject}`);
        const expiresAtMs = account.expiresAt === null ? null : Date.parse(account.expiresAt);
        const kept: Kept = {
          account,
          subject,
          access: account.accessToken,
          receivedAtMs: Date.now(),
          refresh: account.refreshToken ?? undefined,
          expiresAtMs,
          renewAtMs: habits.renewAtMs(Date.now(), expiresAtMs),
          keeper: replica,
          ended: null,
          notBeforeMs: 0,
          troubles: 0,
        };
        write(account.id, kept);
        if (before !== null) await tell('reauth_succeeded', kept, 'unknown');
      },
      async status(id: string) {
        const kept = read(id);
        if (kept === null) return { status: 'error' };
        if (kept.ended !== null) return { status: 'reauth_required' };
        return { status: isOver(kept, 0) ? 'expired' : 'active' };
      },
      audit: async () => audit.rows(),
      async close() {
        clearInterval(looking);
      },
    };
  };
}

const failed = (code: string, message: string, retryable = false, more: object = {}) => ({
  ok: false,
  error: { code, message, retryable, ...more },
});

const consentNeeded = ({ account, ended }: Kept) =>
  failed('REAUTH_REQUIRED', `${account.id} needs a new consent (${ended})`, false, {
    reauth_url: account.reauthUrl,
  });
