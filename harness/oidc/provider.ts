// The provider of `oidc`: calls are answered from the world's books, everything else by oidc-provider, which the books follow.

import { createHash } from 'node:crypto';
import type { Exchange, Identified, Json, ProviderOptions, Request, Service } from '../../mocks/index.ts';
import { createProvider } from '../../mocks/provider.ts';
import { rsaPrivateKey } from '../../mocks/rsa-key.ts';
import type { WorldProvider } from '../world/provider.ts';
import { type Books, keepBooks } from './books.ts';
import { type Host, startHost } from './host.ts';
import type { TokenName, Told } from './protocol.ts';
import { truthOf } from './truth.ts';

const SECOND_MS = 1000;
const REDIRECT_PATH = '/_hour4/connected';

/** Routes that oidc-provider answers, beside its three endpoints. */
const ITS_OWN: ReadonlySet<string> = new Set([
  ...['login', 'login.submit', 'authorize.resume'],
  ...['introspect', 'userinfo', 'keys', 'discovery'],
]);
/** Pages on the way to a consent: no calls, and what is typed there is nobody else's. */
const PAGES: ReadonlySet<string> = new Set(['login', 'login.submit', 'authorize.resume']);

type Base = ReturnType<typeof createProvider>;

/** Starts the service: oidc-provider in a thread of its own, and the books that follow it. */
export function startOidc(service: Service, options: ProviderOptions): WorldProvider {
  const { origin, randomness } = options;
  const { policy } = service;
  const base = createProvider(service, options);
  const { authority } = base;
  const books = keepBooks(authority, policy);
  const redirectUri = `${origin}${REDIRECT_PATH}`;
  const registered = () =>
    [...authority.clients.values()].map(({ id, secret, deleted }) => ({
      id,
      secret: secret ?? '',
      redirectUri,
      deleted,
    }));
  const host = startHost({
    ...{ origin, policy, scopes: service.scopes },
    seed: randomness.hex(32, service.id, 'provider'),
    clients: registered(),
    key: rsaPrivateKey(randomness, service.id, 'provider'),
  });
  const verifier = randomness.chars(64, service.id, 'code verifier');

  const connect: Base['connect'] = (request) => {
    // Its lifetimes are counted from the whole second.
    const atMs = Math.floor(request.atMs / SECOND_MS) * SECOND_MS;
    const { account, effects } = base.connect({ ...request, atMs });
    const grant = authority.grantsOf(account.id).at(-1)?.id ?? '';
    host.carryOut({ kind: 'account', account: account.id }, atMs);
    host.carryOut(
      {
        ...{ kind: 'grant', grant, account: account.id, client: account.clientId, scopes: account.scopes },
        ...{ access: account.accessToken, refresh: account.refreshToken },
      },
      atMs,
    );
    return {
      account: { ...account, reauthUrl: reauthUrl(account.reauthUrl, account.scopes, verifier) },
      effects,
    };
  };

  const identify = (request: Request): Identified => {
    const identified = base.identify(request);
    if (PAGES.has(identified.route)) return { ...identified, endpoint: 'authorize' };
    return identified.route === 'introspect' ? withPresented(base, identified, request) : identified;
  };

  const act: Base['act'] = (accountId, act, nowMs) => {
    const effects = base.act(accountId, act, nowMs);
    const grants = authority.grantsOf(accountId);
    const tokens = effects.map(({ token }) => nameOf(base, token));
    const ended = grants.filter((grant) => grant.ended !== null).map(({ id }) => books.foreign(id));
    if (tokens.length + ended.length > 0) host.carryOut({ kind: 'end', tokens, grants: ended }, nowMs);
    if (act.act === 'narrow-scope')
      for (const { id, scopes } of grants)
        host.carryOut({ kind: 'narrow', grant: books.foreign(id), scopes }, nowMs);
    for (const { deleted, ...client } of registered())
      host.carryOut({ kind: 'client', id: client.id, client: deleted ? null : client }, nowMs);
    return effects;
  };

  return {
    ...base,
    connect,
    identify,
    act,
    handle: (request, nowMs, key, identified = identify(request)) =>
      identified.endpoint === 'resource' && !ITS_OWN.has(identified.route)
        ? base.handle(request, nowMs, key, identified)
        : ask({ base, books, host }, request, nowMs, identified),
    consentPages: { exchange: { code_verifier: verifier } },
    close: () => host.close(),
  };
}

async function ask(
  { base, books, host }: { readonly base: Base; readonly books: Books; readonly host: Host },
  request: Request,
  nowMs: number,
  identified: Identified,
): Promise<Exchange> {
  const { host: own } = new URL(base.origin);
  const told = await host.ask({ ...request, headers: { ...request.headers, host: own } }, nowMs);
  const truth = truthFor(base, told, identified, nowMs);
  const cause = truth === 'rotated' || truth === 'used-code' ? 'reused' : 'revoked-by-client';
  const effects = books.follow(told.changes, nowMs, cause);
  const { endpoint, route, effect, token } = identified;
  const named = told.account !== null && base.authority.account(told.account) !== null ? told.account : null;
  const account = identified.account ?? named;
  const answer = { ...told.answer, body: parsed(told.answer) };
  return { endpoint, route, effect, account, token, answer, truth, row: null, effects, writes: [] };
}

// The provider forgets what is dead; the books know what it died of.
function truthFor(
  { authority, service }: Base,
  told: Told,
  identified: Identified,
  nowMs: number,
): Exchange['truth'] {
  const truth = truthOf(told, service.policy);
  const value = identified.fields.refresh_token ?? identified.fields.token;
  const view = value === undefined ? null : authority.view(value, nowMs);
  if (truth === 'unknown-token') return view?.refusal ?? truth;
  return truth === 'ok' && identified.endpoint === 'revoke' && view === null ? 'unknown-token' : truth;
}

function withPresented({ authority }: Base, identified: Identified, request: Request): Identified {
  const value = new URLSearchParams(request.body).get('token');
  const record = value === null ? null : authority.token(value);
  return record === null ? identified : { ...identified, account: record.account.id, token: record.id };
}

function nameOf({ authority }: Base, token: string): TokenName {
  const { kind, value } = authority.record(token);
  return { model: kind === 'access' ? 'AccessToken' : 'RefreshToken', value };
}

// The whole of what a new consent needs: OpenID's scopes, the page of consent, and a proof of who redeems the code.
function reauthUrl(url: string | null, scopes: readonly string[], verifier: string): string | null {
  if (url === null) return null;
  const full = new URL(url);
  full.searchParams.set('scope', scopes.join(' '));
  full.searchParams.set('prompt', 'consent');
  full.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'));
  full.searchParams.set('code_challenge_method', 'S256');
  return full.href;
}

function parsed({ headers, body }: Told['answer']): Json {
  if (typeof body !== 'string' || !headers['content-type']?.includes('json')) return body;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return body;
  }
}
