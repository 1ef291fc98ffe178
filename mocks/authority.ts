// The authorization server's books: clients, accounts, grants, and which token value stands for which token.

import {
  accessRefusal,
  type Command,
  type Effect,
  type FreshIds,
  type Grant,
  issue,
  type Outcome,
  refreshExpiresAtMs,
  refreshRefusal,
} from './grant.ts';
import { createGrantBook } from './grant-book.ts';
import type { Randomness } from './randomness.ts';
import type { AccountIdentity, Service, TokenView } from './service.ts';

/** A client as it is registered. */
export interface Client {
  readonly id: string;
  secret: string | null;
  deleted: boolean;
}

/** Where a token value belongs. `id` is what the record calls it: `<account>/at-3`, `<account>/rt-1`. */
export interface TokenRecord {
  readonly id: string;
  readonly kind: 'access' | 'refresh';
  readonly value: string;
  readonly grantId: string;
  readonly account: AccountIdentity;
}

/** An authorization code that waits for its exchange. */
export interface Code {
  readonly value: string;
  readonly clientId: string;
  readonly redirectUri: string | null;
  readonly challenge: { readonly method: 'S256' | 'plain'; readonly value: string } | null;
  readonly account: AccountIdentity;
  readonly scopes: readonly string[];
  readonly offline: boolean;
  readonly expiresAtMs: number;
  usedAtMs: number | null;
}

/** The books of one service. Everything that changes is changed through these functions. */
export interface Authority {
  readonly clients: ReadonlyMap<string, Client>;
  readonly codes: Map<string, Code>;
  addClient(client: Client): void;
  addAccount(account: AccountIdentity): void;
  account(id: string): AccountIdentity | null;
  /** Opens a grant for an account; the oldest of too many is evicted. */
  consent(request: ConsentRequest): { readonly outcome: Granted; readonly effects: readonly Effect[] };
  token(value: string): TokenRecord | null;
  /** The grant of a token. Of its older tokens it may lack any but this one. */
  grantOf(record: TokenRecord): Grant;
  grantsOf(accountId: string): readonly Grant[];
  /** A token by its id. */
  record(tokenId: string): TokenRecord;
  value(tokenId: string): string;
  apply(grantId: string, command: Command): Outcome;
  /** Ids for the next tokens of an account. Unused ids leave a gap, never a double. */
  freshIds(accountId: string): FreshIds;
  view(value: string, nowMs: number): TokenView | null;
  /** Every token value ever minted, with its id: what a redactor must know. */
  secrets(): IterableIterator<TokenRecord>;
}

/** What a consent needs. */
export interface ConsentRequest {
  readonly account: AccountIdentity;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly offline: boolean;
  readonly atMs: number;
}

type Granted = Extract<Outcome, { kind: 'granted' }>;

/** Empty books for a service. */
export function createAuthority(service: Service, randomness: Randomness): Authority {
  const clients = new Map<string, Client>();
  const accounts = new Map<string, AccountIdentity>();
  const grants = createGrantBook();
  const grantIds = new Map<string, string[]>();
  const byValue = new Map<string, TokenRecord>();
  const byId = new Map<string, TokenRecord>();
  const counters = new Map<string, { access: number; refresh: number }>();

  const remember = (grant: Grant, account: AccountIdentity, effects: readonly Effect[]) => {
    for (const effect of effects) {
      if (effect.kind !== 'minted') continue;
      const kind = grant.accessTokens.at(-1)?.id === effect.token ? 'access' : 'refresh';
      const value =
        kind === 'access'
          ? service.mintAccess(randomness, effect.token, account)
          : service.mintRefresh(randomness, effect.token, account);
      const minted: TokenRecord = { id: effect.token, kind, value, grantId: grant.id, account };
      byValue.set(value, minted);
      byId.set(effect.token, minted);
    }
  };

  // Numbers are spent only on tokens that are really minted, so that a record reads at-1, at-2, at-3.
  const freshIds = (accountId: string): FreshIds => {
    const counter = counters.get(accountId) ?? { access: 0, refresh: 0 };
    counters.set(accountId, counter);
    return {
      access: `${accountId}/at-${counter.access + 1}`,
      refresh: `${accountId}/rt-${counter.refresh + 1}`,
    };
  };
  const count = (accountId: string, fresh: FreshIds, effects: readonly Effect[]) => {
    const counter = counters.get(accountId);
    if (counter === undefined) return;
    for (const effect of effects) {
      if (effect.kind !== 'minted') continue;
      if (effect.token === fresh.access) counter.access++;
      if (effect.token === fresh.refresh) counter.refresh++;
    }
  };

  const grantsOf = (accountId: string) => (grantIds.get(accountId) ?? []).map((id) => grants.get(id));

  const record = (tokenId: string): TokenRecord => {
    const minted = byId.get(tokenId);
    if (minted === undefined) throw new Error(`token "${tokenId}" was never minted`);
    return minted;
  };

  const apply = (grantId: string, command: Command): Outcome => {
    const accountId = grantId.slice(0, grantId.lastIndexOf('/'));
    const account = accounts.get(accountId);
    if (account === undefined) throw new Error(`no account for grant "${grantId}" in the books`);
    const { grant, outcome } = grants.apply(grantId, command);
    if (command.kind === 'refresh') count(accountId, command.fresh, outcome.effects);
    remember(grant, account, outcome.effects);
    return outcome;
  };

  const consent = ({ account, clientId, scopes, offline, atMs }: ConsentRequest) => {
    const ids = grantIds.get(account.id) ?? [];
    grantIds.set(account.id, ids);
    const id = `${account.id}/grant-${ids.length + 1}`;
    const fresh = freshIds(account.id);
    const { grant, outcome } = issue(service.policy, { id, clientId, scopes, atMs, offline, fresh });
    if (outcome.kind !== 'granted') throw new Error('a consent always grants');
    count(account.id, fresh, outcome.effects);
    ids.push(id);
    grants.add(grant);
    remember(grant, account, outcome.effects);
    const evicted = evictOverLimit(account.id, clientId, atMs);
    return { outcome, effects: [...outcome.effects, ...evicted] };
  };

  const evictOverLimit = (accountId: string, clientId: string, atMs: number): readonly Effect[] => {
    const limit = service.policy.grantsPerAccount;
    if (limit === null) return [];
    const refreshable = grantsOf(accountId).filter(
      (grant) =>
        grant.clientId === clientId &&
        grant.refreshTokens.some((token) => refreshRefusal(grant, token, atMs) === null),
    );
    return refreshable
      .slice(0, Math.max(0, refreshable.length - limit))
      .flatMap((grant) => apply(grant.id, { kind: 'end-refresh', atMs, cause: 'evicted' }).effects);
  };

  const grantOf = (record: TokenRecord): Grant => grants.holding(record.grantId, record.id);

  return {
    clients,
    codes: new Map(),
    addClient: (client) => void clients.set(client.id, client),
    addAccount: (account) => void accounts.set(account.id, account),
    account: (id) => accounts.get(id) ?? null,
    consent,
    token: (value) => byValue.get(value) ?? null,
    grantOf,
    grantsOf,
    record,
    value: (tokenId) => record(tokenId).value,
    apply,
    freshIds,
    view: (value, nowMs) => {
      const minted = byValue.get(value);
      return minted === undefined ? null : viewOf(grantOf(minted), minted, nowMs);
    },
    secrets: () => byValue.values(),
  };
}

function viewOf(grant: Grant, record: TokenRecord, nowMs: number): TokenView | null {
  const common = { clientId: grant.clientId, account: record.account };
  const access = grant.accessTokens.find((token) => token.id === record.id);
  if (access !== undefined) {
    const { issuedAtMs, expiresAtMs, scopes } = access;
    return {
      kind: 'access',
      live: accessRefusal(access, nowMs) === null,
      issuedAtMs,
      expiresAtMs,
      scopes,
      ...common,
    };
  }
  const refresh = grant.refreshTokens.find((token) => token.id === record.id);
  if (refresh === undefined) return null;
  return {
    kind: 'refresh',
    live: refreshRefusal(grant, refresh, nowMs) === null,
    issuedAtMs: refresh.issuedAtMs,
    expiresAtMs: refreshExpiresAtMs(grant, refresh),
    scopes: grant.scopes,
    ...common,
  };
}
