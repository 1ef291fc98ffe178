// The authorization server's books: clients, accounts, grants, and which token value stands for which token.

import type { AccessToken, Command, Effect, Fresh, Grant, Outcome } from './grant.ts';
import { createGrantBook, type Elsewhere } from './grant-book.ts';
import { accessEnd, accessRefusal, refreshExpiresAtMs, refreshRefusal } from './lifetimes.ts';
import { issue } from './minting.ts';
import type { Randomness } from './randomness.ts';
import type { AccountIdentity, Minted, Service, TokenView } from './service.ts';
import { createTokenIndex } from './token-index.ts';

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
  /** What a second grant of the same consent holds; null = there is none. */
  readonly besideScopes: readonly string[] | null;
  readonly expiresAtMs: number;
  usedAtMs: number | null;
}

/** The books of one service. Everything that changes is changed through these functions. */
export interface Authority {
  readonly clients: ReadonlyMap<string, Client>;
  readonly codes: Map<string, Code>;
  addClient(client: Client): void;
  /** Opens the book of an account; one that has a book keeps it. */
  addAccount(account: AccountIdentity): void;
  account(id: string): AccountIdentity | null;
  /** Opens a grant for an account; the oldest of too many is evicted. */
  consent(request: ConsentRequest): { readonly outcome: Granted; readonly effects: readonly Effect[] };
  /** The token of a value; `likely` is the kind that it most likely is, absent = access. */
  token(value: string, likely?: TokenRecord['kind']): TokenRecord | null;
  /** The grant of a token. Of its older tokens it may lack any but this one. */
  grantOf(record: TokenRecord): Grant;
  grantsOf(accountId: string): readonly Grant[];
  grantsOfClient(clientId: string): readonly Grant[];
  /** A token by its id. */
  record(tokenId: string): TokenRecord;
  value(tokenId: string): string;
  apply(grantId: string, command: Command): Outcome;
  /** Opens a grant that another server gave, which these books follow. */
  open(grant: Grant): void;
  /** Takes over a step of that server; `values` are those of the tokens it minted, by id. */
  follow(grantId: string, step: Elsewhere & { readonly values: ReadonlyMap<string, string> }): Outcome;
  /** What the next tokens of an account are made of. Commands that mint must take these: tokens are found by their number. */
  fresh(accountId: string): Fresh;
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
  /** Whether the client's secret was not shown for it; absent = no. */
  readonly withoutSecret?: true;
  /** Whether it is the second grant of one consent; absent = no. */
  readonly beside?: true;
  /** Whether every server has heard of it by now; absent = no. */
  readonly settled?: boolean;
  /** The lifetime asked for; absent = the policy's. */
  readonly askedTtlMs?: number;
  readonly askedRefreshTtlMs?: number;
}

/** What is kept of one account. */
interface AccountBook {
  account: AccountIdentity;
  readonly grantIds: string[];
  /** What tokens of each kind are called before their number. */
  readonly prefixes: { readonly access: string; readonly refresh: string };
  /** Every token in the order of minting: the nth is numbered n. */
  readonly access: TokenRecord[];
  readonly refresh: TokenRecord[];
}

type Granted = Extract<Outcome, { kind: 'granted' }>;

const NAMES = { access: 'at', refresh: 'rt' } as const;

/** The account to which a grant or a token belongs, by its id. */
const accountIn = (id: string) => id.slice(0, id.lastIndexOf('/'));

const newBook = (account: AccountIdentity): AccountBook => ({
  account,
  grantIds: [],
  prefixes: { access: `${account.id}/${NAMES.access}-`, refresh: `${account.id}/${NAMES.refresh}-` },
  access: [],
  refresh: [],
});

/** What one exchange mints, replaces and ends is among the last of its account. */
const LATEST = 3;

function latestCalled({ access, refresh }: AccountBook, tokenId: string): TokenRecord | null {
  for (let back = 1; back <= LATEST; back++) {
    const minted = access[access.length - back];
    if (minted?.id === tokenId) return minted;
    const refreshing = refresh[refresh.length - back];
    if (refreshing?.id === tokenId) return refreshing;
  }
  return null;
}

/** Empty books for a service. */
export function createAuthority(service: Service, randomness: Randomness): Authority {
  const clients = new Map<string, Client>();
  const books = new Map<string, AccountBook>();
  const grants = createGrantBook();
  const index = createTokenIndex();

  const bookOf = (accountId: string): AccountBook => {
    const book = books.get(accountId);
    if (book === undefined) throw new Error(`"${accountId}" has no book`);
    return book;
  };
  /** The book in which a token was minted last: what comes of an exchange is asked for at once. */
  let latest: AccountBook | null = null;

  // Numbers are spent only on tokens that are really minted, so that a record reads at-1, at-2, at-3.
  const remember = (
    book: AccountBook,
    grant: Grant,
    effects: readonly Effect[],
    values?: ReadonlyMap<string, string>,
  ) => {
    const { account } = book;
    for (const { kind: change, token: id } of effects) {
      if (change !== 'minted') continue;
      const newest = grant.accessTokens.at(-1);
      const kind = newest?.id === id ? 'access' : 'refresh';
      const value =
        values?.get(id) ??
        (newest?.id === id
          ? service.mintAccess(randomness, id, account, mintedAs(newest, grant))
          : service.mintRefresh(randomness, id, account));
      const minted: TokenRecord = { id, kind, value, grantId: grant.id, account };
      index.add(minted);
      book[kind].push(minted);
      latest = book;
    }
  };

  const { access, refreshableAs } = service.policy;
  const drawsLifetimes = access.kind === 'range' || refreshableAs?.access.kind === 'range';
  const fresh = (accountId: string): Fresh => {
    const book = bookOf(accountId);
    const access = `${book.prefixes.access}${book.access.length + 1}`;
    const refresh = `${book.prefixes.refresh}${book.refresh.length + 1}`;
    return drawsLifetimes
      ? { access, refresh, draw: randomness.uniform('lifetime', access) }
      : { access, refresh };
  };

  const grantsOf = (accountId: string) => books.get(accountId)?.grantIds.map((id) => grants.get(id)) ?? [];

  const record = (tokenId: string): TokenRecord => {
    const known = latest === null ? null : latestCalled(latest, tokenId);
    if (known !== null) return known;
    const { access, refresh } = bookOf(accountIn(tokenId));
    const dash = tokenId.lastIndexOf('-');
    const minted = (tokenId.endsWith(NAMES.access, dash) ? access : refresh)[
      Number(tokenId.slice(dash + 1)) - 1
    ];
    if (minted?.id !== tokenId) throw new Error(`token "${tokenId}" was never minted`);
    return minted;
  };

  const enter = (book: AccountBook, grant: Grant) => {
    book.grantIds.push(grant.id);
    grants.add(grant);
  };

  const apply = (grantId: string, command: Command): Outcome => {
    const { grant, outcome } = grants.apply(grantId, command);
    remember(bookOf(accountIn(grantId)), grant, outcome.effects);
    return outcome;
  };

  const consent = (request: ConsentRequest) => {
    const { account, atMs } = request;
    const book = bookOf(account.id);
    const id = `${account.id}/grant-${book.grantIds.length + 1}`;
    const { grant, outcome } = issue(service.policy, { id, ...request, fresh: fresh(account.id) });
    if (outcome.kind !== 'granted') throw new Error('a consent always grants');
    enter(book, grant);
    remember(book, grant, outcome.effects);
    const evicted = service.policy.grantsPerAccount === null ? [] : evictOverLimit(account.id, grant, atMs);
    return { outcome, effects: [...outcome.effects, ...evicted] };
  };

  const evictOverLimit = (accountId: string, newest: Grant, atMs: number): readonly Effect[] => {
    const rivals = grantsOf(accountId).filter((grant) => isRival(grant, newest, atMs));
    const tooMany = Math.max(0, rivals.length - (service.policy.grantsPerAccount ?? rivals.length));
    return rivals.slice(0, tooMany).flatMap((grant) => apply(grant.id, { kind: 'evict', atMs }).effects);
  };

  const grantOf = (record: TokenRecord): Grant => grants.holding(record.grantId, record.id);

  return {
    clients,
    codes: new Map(),
    addClient: (client) => void clients.set(client.id, client),
    addAccount: (account) => {
      const book = books.get(account.id);
      if (book === undefined) books.set(account.id, newBook(account));
      else book.account = account;
    },
    open: (grant) => enter(bookOf(accountIn(grant.id)), grant),
    follow: (grantId, step) => {
      const { grant, outcome } = grants.follow(grantId, step);
      remember(bookOf(accountIn(grantId)), grant, outcome.effects, step.values);
      return outcome;
    },
    account: (id) => books.get(id)?.account ?? null,
    consent,
    token: (value, likely = 'access') => index.find(value, likely),
    grantOf,
    grantsOf,
    grantsOfClient: (clientId) =>
      [...books.keys()].flatMap(grantsOf).filter((grant) => grant.clientId === clientId),
    record,
    value: (tokenId) => record(tokenId).value,
    apply,
    fresh,
    view: (value, nowMs) => {
      const minted = index.find(value, 'access');
      return minted === null ? null : viewOf(grantOf(minted), minted, nowMs);
    },
    secrets: index.all,
  };
}

/** Whether a grant is counted with the newest one: it has something to lose, and is of the same client, or scopes, too. */
function isRival(grant: Grant, newest: Grant, atMs: number): boolean {
  if (grant.clientId !== newest.clientId) return false;
  const { grantsCounted, eviction } = newest.policy;
  if (grantsCounted === 'same-scopes' && !isSameSet(grant.scopes, newest.scopes)) return false;
  const isLive = grant.refreshTokens.some((token) => refreshRefusal(grant, token, atMs) === null);
  if (isLive || eviction !== 'all-tokens') return isLive;
  return grant.accessTokens.some((token) => accessEnd(token, atMs) === null);
}

const isSameSet = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((name) => other.includes(name));

const mintedAs = ({ issuedAtMs, expiresAtMs, scopes }: AccessToken, { clientId, beside }: Grant): Minted =>
  beside === undefined
    ? { issuedAtMs, expiresAtMs, scopes, clientId }
    : { issuedAtMs, expiresAtMs, scopes, clientId, beside };

function viewOf(grant: Grant, record: TokenRecord, nowMs: number): TokenView | null {
  const common = { clientId: grant.clientId, account: record.account };
  const access = grant.accessTokens.find((token) => token.id === record.id);
  if (access !== undefined) {
    const { issuedAtMs, expiresAtMs, scopes } = access;
    const refusal = accessRefusal(access, nowMs);
    return {
      kind: 'access',
      live: refusal === null,
      refusal,
      issuedAtMs,
      expiresAtMs,
      scopes,
      ...common,
    };
  }
  const refresh = grant.refreshTokens.find((token) => token.id === record.id);
  if (refresh === undefined) return null;
  const refusal = refreshRefusal(grant, refresh, nowMs);
  return {
    kind: 'refresh',
    live: refusal === null,
    refusal,
    issuedAtMs: refresh.issuedAtMs,
    expiresAtMs: refreshExpiresAtMs(grant, refresh),
    scopes: grant.scopes,
    ...common,
  };
}
