// Short ledgers of brokers by hand: what was asked of one, what went upstream for it, and what it said.

import type { BrokerOperation, WorldAccount, WorldLine } from '../../harness/entry.ts';
import type { Json, Refusal } from '../../mocks/index.ts';
import { account, story } from './ledgers.ts';

/** Two tenants at one service, and a third account that is somebody's own. */
export const TWO_TENANTS: readonly WorldAccount[] = [
  account('acme-crm', 'crm', {}),
  account('globex-crm', 'crm', { tenant: 'globex' }),
];

/** A cohort at one service. */
export function cohort(count: number): readonly WorldAccount[] {
  return Array.from({ length: count }, (_none, index) => account(`a-${index + 1}`, 'crm', {}));
}

/** A story in which questions can be put to a broker. */
export function brokerStory(accounts: readonly WorldAccount[] = TWO_TENANTS, more: Partial<WorldLine> = {}) {
  const told = story(accounts, more);
  let asked = 0;

  /** Asks; the answer is given by the function that comes back. */
  const ask = (
    operation: BrokerOperation,
    words: { account?: string; path?: string; method?: string; party?: string } = {},
  ) => {
    const { account: id = 'acme-crm', party = 'broker-0' } = words;
    const isCall = operation === 'call';
    const common = {
      party,
      operation,
      call: `c-${++asked}`,
      account: operation === 'audit' ? null : id,
    } as const;
    const sent = told.append({
      kind: 'call.sent',
      ...common,
      method: isCall ? (words.method ?? 'GET') : null,
      path: isCall ? (words.path ?? `/v1/items?call=c-${asked}`) : null,
      body: null,
      agent: isCall ? 'worker-1' : null,
      task: isCall ? `task-${asked}` : null,
    });
    const answer = (result: Json, status: number | null = 200, failure: string | null = null) =>
      told.append({ kind: 'call.returned', ...common, status, result, failure }).seq;
    return { sent: sent.seq, call: common.call, task: `task-${asked}`, answer };
  };

  /** One request upstream on behalf of an account. */
  const upstream = (
    truth: 'ok' | 'fault' | Refusal,
    words: {
      account?: string;
      meantFor?: string;
      path?: string;
      token?: string;
      status?: number;
      retryAfterMs?: number;
      party?: string;
      answer?: Json;
    } = {},
  ) => {
    const { account: id = 'acme-crm', meantFor = id, party = 'broker-0', ...rest } = words;
    return told.call(truth, { ...rest, account: id, meantFor, party, service: 'crm', route: 'items' });
  };

  /** A call that is not answered, unless by the function that comes back. */
  const question = (id = 'acme-crm') => ask('call', { account: id });

  return { ...told, ask, question, upstream };
}

/** An error as brokers say it. */
export const broken = (code: string, message = 'It did not work.', retryable = false): Json => ({
  ok: false,
  error: { code, message, retryable },
});

/** A success as brokers say it. */
export const done = (body: Json = {}): Json => ({ ok: true, status: 200, body });
