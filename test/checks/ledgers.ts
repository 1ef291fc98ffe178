// Short ledgers by hand: what happened, one line each, so that a test of a check reads as a story.

import type { Check, Judgement, Run } from '../../harness/check.ts';
import type { Claim, Draft, Entry, EntryOf, WorldAccount, WorldLine } from '../../harness/entry.ts';
import { createLedger, type Ledger } from '../../harness/ledger.ts';
import type { Json, Refusal } from '../../mocks/index.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Three accounts as in the overnight job: stated half an hour, an unstated session, and a service that rotates. */
export const ACCOUNTS: readonly WorldAccount[] = [
  account('acme-hubspot', 'hubspot', {}),
  account('acme-salesforce', 'salesforce', { statesLifetime: false }),
  account('acme-rotor', 'rotor', { rotates: true, reuse: 'family-revoked' }),
];

export function account(id: string, service: string, knobs: Partial<WorldAccount>): WorldAccount {
  const common = { statesLifetime: true, rotates: false, graceMs: 0, reuse: 'refused' } as const;
  return { id, service, tenant: 'acme', ...common, ...knobs };
}

/** What a call looks like when nothing is said. */
interface CallWords {
  readonly account: string | null;
  /** For which account a broker was asked to make it. */
  readonly meantFor: string;
  readonly service: string;
  readonly method: string;
  readonly route: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly token: string | null;
  readonly party: string;
  /** Virtual ms that the exchange takes. */
  readonly tookMs: number;
  readonly answer: Json;
  readonly status: number;
  /** The wait that the answer demands. */
  readonly retryAfterMs: number;
}

/** Writes a ledger entry by entry. Every helper returns the numbers of what it wrote. */
export function story(accounts: readonly WorldAccount[] = ACCOUNTS, more: Partial<WorldLine> = {}) {
  let nowMs = 0;
  let exchanges = 0;
  const minted = new Map<string, number>();
  const ledger = createLedger(
    {
      kind: 'world',
      schema: 'hour4/ledger@1',
      seed: 1,
      start: '2026-03-02T22:00:00.000Z',
      mode: 'exact',
      scenario: 'by-hand',
      variant: null,
      untilMs: 6 * HOUR,
      accounts,
      ...more,
    },
    () => nowMs,
  );
  const append = (draft: Draft): Entry => ledger.append(draft);
  const serviceOf = (id: string | null) => accounts.find((known) => known.id === id)?.service ?? 'hubspot';

  const at = (ms: number) => {
    nowMs = ms;
  };

  const open = (words: Partial<CallWords> & { endpoint?: 'token' | 'resource' }) => {
    const { account = 'acme-hubspot', method = 'GET', route = 'deals.read', endpoint = 'resource' } = words;
    const common = {
      party: words.party ?? 'agent',
      exchange: `x-${++exchanges}`,
      service: words.service ?? serviceOf(account),
      endpoint,
      route: endpoint === 'token' ? 'token' : route,
      effect: method === 'GET' ? 'read' : 'write',
      account,
      meantFor: words.meantFor ?? null,
      token: words.token === undefined ? `${account}/at-1` : words.token,
    } as const;
    const body = endpoint === 'token' ? { grant_type: 'refresh_token' } : (words.body ?? null);
    const path = words.path ?? (endpoint === 'token' ? '/oauth/token' : `/${route}`);
    const opened = append({
      kind: 'exchange.opened',
      ...common,
      method,
      path,
      query: words.query ?? {},
      body,
    });
    return { common, opened: opened.seq };
  };

  const answer = (
    { common }: ReturnType<typeof open>,
    truth: 'ok' | 'fault' | Refusal,
    words: Partial<CallWords> = {},
  ) => {
    const status = words.status ?? (truth === 'ok' ? 200 : 401);
    const body = words.answer ?? (truth === 'ok' ? {} : { message: 'no' });
    const end = { ...common, truth, status, committed: truth !== 'fault', body };
    return append({ kind: 'exchange.answered', ...end, retryAfterMs: words.retryAfterMs ?? null }).seq;
  };

  const lose = ({ common }: ReturnType<typeof open>, truth: 'ok' | 'fault' | Refusal = 'ok') =>
    append({ kind: 'exchange.lost', ...common, truth, committed: truth !== 'fault', by: 'fault' }).seq;

  const later = (ms: number) => {
    nowMs += ms;
  };

  /** One call and its answer, 50 ms later. */
  const call = (truth: 'ok' | 'fault' | Refusal, words: Partial<CallWords> = {}) => {
    const pending = open(words);
    later(words.tookMs ?? 50);
    return { opened: pending.opened, answered: answer(pending, truth, words) };
  };

  const mint = (
    id: string,
    kind: 'access' | 'refresh',
    lifeMs: number | null,
    exchange: string | null = null,
  ) => {
    const nth = (minted.get(`${id} ${kind}`) ?? 0) + 1;
    minted.set(`${id} ${kind}`, nth);
    const token = `${id}/${kind === 'access' ? 'at' : 'rt'}-${nth}`;
    const expiresAt = lifeMs === null ? null : nowMs + lifeMs;
    const common = { party: 'world', service: serviceOf(id), account: id, token, exchange };
    append({ kind: 'token.minted', ...common, tokenKind: kind, expiresAt });
    return token;
  };

  /** A refresh that the server commits; `rotates` mints a successor. The answer may be lost on its way. */
  const refresh = (
    id: string,
    words: { token?: string; rotates?: boolean; lost?: boolean; lifeMs?: number | null } = {},
  ) => {
    const token = words.token ?? `${id}/rt-1`;
    const pending = open({ account: id, endpoint: 'token', method: 'POST', token });
    later(25);
    const { exchange } = pending.common;
    const access = mint(id, 'access', words.lifeMs === undefined ? 30 * MINUTE : words.lifeMs, exchange);
    let rotated = 0;
    if (words.rotates === true) {
      const successor = mint(id, 'refresh', null, exchange);
      const common = { party: 'world', service: serviceOf(id), account: id, token, exchange };
      rotated = append({ kind: 'token.rotated', ...common, successor }).seq;
    }
    later(25);
    const ended = words.lost === true ? lose(pending) : answer(pending, 'ok');
    return { opened: pending.opened, ended, access, rotated };
  };

  /** A refresh that is refused. */
  const refusedRefresh = (id: string, truth: 'fault' | Refusal, token = `${id}/rt-1`) => {
    const pending = open({ account: id, endpoint: 'token', method: 'POST', token });
    later(50);
    return { opened: pending.opened, answered: answer(pending, truth, { status: 400 }) };
  };

  const expire = (token: string) => {
    const id = token.slice(0, token.lastIndexOf('/'));
    const common = { party: 'world', service: serviceOf(id), account: id, token, exchange: null };
    return append({ kind: 'token.expired', ...common }).seq;
  };

  const revoke = (token: string, truth: Refusal, exchange: string | null = null) => {
    const id = token.slice(0, token.lastIndexOf('/'));
    const common = { party: 'world', service: serviceOf(id), account: id, token, exchange };
    return append({ kind: 'token.revoked', ...common, truth }).seq;
  };

  /** A committed row in the sheet, with the call that wrote it. */
  const row = (cells: Readonly<Record<string, string>>, place = 'Report') => {
    const words = { account: 'acme-hubspot', method: 'POST', route: 'rows.append', body: { row: cells } };
    const pending = open(words);
    later(25);
    const common = { party: 'agent', service: 'hubspot', account: 'acme-hubspot', place };
    const sink = append({ kind: 'sink', ...common, exchange: pending.common.exchange, cells });
    later(25);
    answer(pending, 'ok', { answer: { updatedRows: 1 } });
    return sink.seq;
  };

  const claim = (said: Claim, from: 'json' | 'exit-code' = 'json') =>
    append({ kind: 'claim', party: 'agent', claim: said, from }).seq;

  return {
    ledger,
    append,
    at,
    later,
    open,
    answer,
    lose,
    call,
    mint,
    refresh,
    refusedRefresh,
    expire,
    revoke,
    row,
    claim,
  };
}

/** A run around a ledger: the claim is the ledger's last. */
export function runOf(ledger: Ledger, more: Partial<Run> = {}): Run {
  const claims = ledger.entries.filter((entry): entry is EntryOf<'claim'> => entry.kind === 'claim');
  return {
    kind: 'agent',
    ledger,
    twin: null,
    claim: claims.at(-1)?.claim ?? null,
    printed: { stdout: '', stderr: '' },
    ending: { kind: 'exited', code: 0 },
    clockVerified: true,
    ...more,
  };
}

/** What a check says of a story; every text must be whole sentences. */
export function verdictOf(check: Check, ledger: Ledger, more: Partial<Run> = {}): Judgement {
  const judgement = check.judge(runOf(ledger, more));
  if (!/^[^a-z].*[.]$/s.test(judgement.message)) throw new Error(`not a sentence: ${judgement.message}`);
  return judgement;
}
