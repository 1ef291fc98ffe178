// Short ledgers of grants by hand: what becomes of refreshes, of the processes that do them, and who is told.

import type { WorldAccount } from '../../harness/entry.ts';
import type { Json } from '../../mocks/index.ts';
import { broken, brokerStory, done } from './broker-ledgers.ts';
import { account } from './ledgers.ts';

export const CRM = 'acme-crm';
export const OTHER = 'globex-crm';

/** Two tenants at a service that rotates, and ends the family of a token that comes back. */
export function rotating(knobs: Partial<WorldAccount> = {}): readonly WorldAccount[] {
  const common = { rotates: true, reuse: 'family-revoked', ...knobs } as const;
  return [account(CRM, 'crm', common), account(OTHER, 'crm', { tenant: 'globex', ...common })];
}

/** A story about grants: each account has a refresh token, and a token of half an hour. */
export function grantStory(accounts: readonly WorldAccount[] = rotating()) {
  const told = brokerStory(accounts);
  let messages = 0;
  for (const { id } of accounts) {
    told.mint(id, 'refresh', null);
    told.mint(id, 'access', 30 * 60_000);
  }

  /** A call to a broker, and what it says: nothing more for a success, else a code. It `hangs` when it says nothing. */
  const ask = (
    id: string = CRM,
    code: string | null = null,
    more: { tookMs?: number; party?: string; hangs?: boolean } = {},
  ) => {
    const asked = told.ask('call', {
      account: id,
      ...(more.party === undefined ? {} : { party: more.party }),
    });
    told.later(more.tookMs ?? 50);
    if (more.hangs === true) return { ...asked, returned: 0 };
    return { ...asked, returned: asked.answer(code === null ? done() : broken(code)) };
  };

  /** A refresh that takes its time: `finish` commits it and delivers the answer, unless it is told what comes instead. */
  const slowRefresh = (id: string, token = `${id}/rt-1`, party = 'broker-0') => {
    const pending = told.open({ account: id, endpoint: 'token', method: 'POST', token, party });
    const finish = () => {
      told.mint(id, 'access', 30 * 60_000, pending.common.exchange);
      return told.answer(pending, 'ok');
    };
    return { ...pending, finish };
  };

  const connect = (id: string = CRM, status = 204) => {
    const asked = told.ask('connect', { account: id });
    asked.answer(null, status);
    return asked.sent;
  };
  const event = (event: Json) =>
    told.append({ kind: 'event.received', party: 'broker-0', event, via: 'http' }).seq;
  const signal = (type: string, id: string = CRM, more: Record<string, Json> = {}) =>
    event({ type, account: id, service: 'crm', reason: 'unknown', at: 'now', ...more });
  /** The service tells of an account; what takes it answers with a status, or not at all. */
  const message = (id: string = CRM, words: { status?: number | null; forged?: true } = {}) => {
    const { status = 204, ...more } = words;
    const common = { party: 'broker-0', delivery: `d-${++messages}`, service: 'crm', account: id };
    const sent = told.append({ kind: 'webhook.sent', ...common, event: 'revoked', ...more });
    told.append({ kind: 'webhook.answered', ...common, status });
    return sent.seq;
  };
  const kill = (party = 'broker-0') =>
    told.append({ kind: 'process.killed', party, reason: 'It was hit.' }).seq;
  const start = (party = 'broker-0') => told.append({ kind: 'process.started', party, resume: true }).seq;
  const exit = (party = 'broker-0') =>
    told.append({ kind: 'process.exited', party, code: 1, signal: null }).seq;
  const pause = (party = 'broker-0') => told.append({ kind: 'process.paused', party }).seq;
  const resume = (party = 'broker-0') => told.append({ kind: 'process.resumed', party }).seq;

  return { ...told, ask, slowRefresh, connect, signal, message, kill, exit, start, pause, resume };
}
