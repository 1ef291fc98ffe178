// The authorization endpoint (RFC 6749 section 3.1) with a user who always consents, PKCE (RFC 7636) included.

import type { Authority, Client, Code } from './authority.ts';
import type { Grant } from './grant.ts';
import type { Answer, Request } from './http.ts';
import type { Randomness } from './randomness.ts';
import type { Refusal } from './refusals.ts';
import type { AccountIdentity, Service } from './service.ts';
import { splitScope } from './token-request.ts';

/** The result of an authorization request. `refused` is for the page; other errors go to the redirect_uri. */
export type AuthorizeResult =
  | { readonly answer: Answer; readonly truth: 'ok' | Refusal; readonly account: AccountIdentity | null }
  | { readonly refused: Refusal; readonly detail: string | null };

/** Answers one authorization request: a redirect with a code, or with an error, or a page. */
export function answerAuthorizeRequest(
  context: {
    readonly service: Service;
    readonly authority: Authority;
    readonly randomness: Randomness;
    readonly origin: string;
    readonly nowMs: number;
    readonly key: string;
    /** The account that consents when `login_hint` names none. */
    readonly defaultAccount: AccountIdentity | null;
  },
  request: Request,
): AuthorizeResult {
  const { service, authority, randomness, origin, nowMs, key } = context;
  const query = { ...service.implied, ...request.query };
  const client = clientOf(service, authority, query.client_id);
  if (client === undefined) return { refused: 'unknown-client', detail: null };
  if (client.deleted) return { refused: 'client-deleted', detail: null };
  const redirectUri = query.redirect_uri;
  if (redirectUri === undefined || !isRegistered(redirectUri)) {
    return { refused: 'redirect-mismatch', detail: redirectUri ?? null };
  }
  const account = (query.login_hint && authority.account(query.login_hint)) || context.defaultAccount;
  const back = (outcome: Record<string, string>): Answer => {
    const fields = query.state === undefined ? outcome : { ...outcome, state: query.state };
    const more = service.redirectFields?.({ fields, client, account, nowMs, origin });
    return redirect(redirectUri, { ...fields, ...more });
  };
  const refuse = (truth: Refusal, error: string): AuthorizeResult => ({
    answer: back({ error }),
    truth,
    account,
  });
  if (query.response_type !== 'code') return refuse('missing-parameter', 'unsupported_response_type');
  if (account === null) return refuse('missing-parameter', 'access_denied');
  const objection = service.objection?.('authorize', query, origin) ?? null;
  if (objection !== null) return refuse(objection.refused, objection.error);
  const challenge = pkceChallenge(query);
  if (challenge === 'malformed') return refuse('missing-parameter', 'invalid_request');
  const asked = query[service.scopeParameter ?? 'scope'];
  const scopes = asked === undefined ? service.scopes : splitScope(asked);
  const stands = (grant: Grant) => grant.clientId === client.id && grant.ended === null;
  const first = !authority.grantsOf(account.id).some(stands);
  const code: Code = {
    value: randomness.chars(40, 'code', key),
    clientId: client.id,
    redirectUri,
    challenge,
    account,
    scopes,
    besideScopes: service.besideScopes?.(query) ?? null,
    offline: service.earnsRefreshToken({ query, scopes, first }),
    expiresAtMs: nowMs + service.policy.codeTtlMs,
    usedAtMs: null,
  };
  authority.codes.set(code.value, code);
  return { answer: back({ code: code.value }), truth: 'ok', account };
}

// A client that the service knows by its id alone is in the books from its first request on.
function clientOf(service: Service, authority: Authority, id: string | undefined): Client | undefined {
  if (id === undefined) return undefined;
  if (!authority.clients.has(id) && service.knowsUnregistered?.(id) === true) {
    authority.addClient({ id, secret: null, deleted: false });
  }
  return authority.clients.get(id);
}

// Every loopback address is registered (RFC 8252 section 7.3): the mocks serve nobody else.
function isRegistered(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname, hash } = new URL(redirectUri);
  const loopback = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  return (protocol === 'http:' || protocol === 'https:') && loopback && hash === '';
}

function pkceChallenge(query: Request['query']): Code['challenge'] | 'malformed' {
  const value = query.code_challenge;
  if (value === undefined) return query.code_challenge_method === undefined ? null : 'malformed';
  const method = query.code_challenge_method ?? 'plain';
  if (method !== 'S256' && method !== 'plain') return 'malformed';
  return /^[A-Za-z0-9._~-]{43,128}$/.test(value) ? { method, value } : 'malformed';
}

function redirect(uri: string, fields: Record<string, string>): Answer {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href }, body: '' };
}
