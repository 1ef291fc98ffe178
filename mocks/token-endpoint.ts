// The token endpoint (RFC 6749 section 3.2): authorization_code and refresh_token grants, by the service's profile.

import { createHash } from 'node:crypto';
import type { Authority, Client, Code } from './authority.ts';
import { authenticateClient } from './client-auth.ts';
import type { Effect, Outcome, RefreshToken } from './grant.ts';
import { type Answer, isJsonObject, parseForm, parseJsonObject, type Request } from './http.ts';
import { refreshExpiresAtMs, statedEndMs } from './lifetimes.ts';
import type { Randomness } from './randomness.ts';
import type { Refusal } from './refusals.ts';
import type { AccountIdentity, Granted, Service } from './service.ts';

/** The result of a token request, before a refusal is put into the service's words. */
export type TokenResult =
  | { readonly answer: Answer; readonly effects: readonly Effect[]; readonly account: AccountIdentity }
  | { readonly refused: Refusal; readonly effects: readonly Effect[]; readonly detail: string | null };

/** What the endpoint works on. */
export interface TokenContext {
  readonly service: Service;
  readonly authority: Authority;
  readonly accounts: readonly AccountIdentity[];
  readonly randomness: Randomness;
  readonly origin: string;
  readonly nowMs: number;
  readonly key: string;
}

/** Answers one token request with these fields. */
export function answerTokenRequest(
  context: TokenContext,
  request: Request,
  given: Readonly<Record<string, string>>,
): TokenResult {
  const { implied } = context.service;
  const fields = implied === undefined ? given : { ...implied, ...given };
  const auth = authenticateClient(context.authority, request, fields);
  if ('refused' in auth) return refuse(auth.refused);
  const objection = context.service.objection?.('token', fields, context.origin) ?? null;
  if (objection !== null) return refuse(objection.refused);
  switch (fields.grant_type) {
    case 'refresh_token':
      return exchangeRefreshToken(context, request, fields, auth.client);
    case 'authorization_code':
      return exchangeCode(context, request, fields, auth.client);
    case undefined:
      return refuse('missing-parameter', 'grant_type');
    default:
      return refuse('unsupported-grant-type', fields.grant_type);
  }
}

/** The fields of a token or revocation request: a form, or JSON where the client says so. */
export function tokenFields({ tokenRequest }: Service, request: Request): Record<string, string> {
  const type = request.headers['content-type'] ?? '';
  const query = tokenRequest.bodyOnly?.includes(request.path) ? {} : request.query;
  if (!type.includes('json')) return { ...query, ...parseForm(request.body) };
  const object = parseJsonObject(request.body);
  if (!isJsonObject(object)) return { ...query };
  const texts = Object.entries(object).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { ...query, ...Object.fromEntries(texts) };
}

function exchangeRefreshToken(
  context: TokenContext,
  request: Request,
  fields: Readonly<Record<string, string>>,
  client: Client,
): TokenResult {
  const { service, authority, accounts, nowMs } = context;
  const value = fields.refresh_token;
  if (value === undefined || value === '') return refuse('missing-parameter', 'refresh_token');
  const record = authority.token(value);
  if (record === null || record.kind !== 'refresh') return refuse('unknown-token');
  const { account } = record;
  const granted = authority.grantOf(record).scopes;
  const read = service.readRefresh?.({ request, fields, account, granted, accounts }) ?? {
    scopes: fields.scope === undefined || fields.scope === '' ? null : splitScope(fields.scope),
  };
  if ('refused' in read) return refuse(read.refused, read.detail);
  const outcome = authority.apply(record.grantId, {
    kind: 'refresh',
    atMs: nowMs,
    token: record.id,
    clientId: client.id,
    scopes: read.scopes,
    fresh: authority.fresh(record.account.id),
    ...askedTtl(service, fields),
  });
  if (outcome.kind === 'refused') return refuse(outcome.cause, null, outcome.effects);
  return grantedAnswer(context, request, client, 'refresh_token', outcome, record.account, outcome.effects);
}

function exchangeCode(
  context: TokenContext,
  request: Request,
  fields: Readonly<Record<string, string>>,
  client: Client,
): TokenResult {
  const { service, authority, nowMs } = context;
  if (fields.code === undefined) return refuse('missing-parameter', 'code');
  const code = authority.codes.get(fields.code);
  if (code === undefined) return refuse('unknown-code');
  const omitted = context.service.mayOmitRedirectUri === true && code.redirectUri !== null;
  const told = omitted ? { redirect_uri: code.redirectUri, ...fields } : fields;
  const refusal = codeRefusal(code, told, client.id, nowMs);
  if (refusal !== null) return refuse(refusal);
  code.usedAtMs = nowMs;
  const { account, scopes, offline } = code;
  const { outcome, effects } = authority.consent({
    account,
    clientId: client.id,
    scopes,
    offline,
    atMs: nowMs,
    ...askedTtl(service, fields),
  });
  return grantedAnswer(context, request, client, 'authorization_code', outcome, account, effects);
}

function askedTtl(service: Service, fields: Readonly<Record<string, string>>) {
  const askedTtlMs = service.askedTtlMs?.(fields) ?? null;
  return askedTtlMs === null ? {} : { askedTtlMs };
}

function codeRefusal(
  code: Code,
  fields: Readonly<Record<string, string>>,
  clientId: string,
  nowMs: number,
): Refusal | null {
  if (code.usedAtMs !== null) return 'used-code';
  if (nowMs >= code.expiresAtMs) return 'expired-code';
  if (code.clientId !== clientId) return 'wrong-client';
  if (code.redirectUri !== null && fields.redirect_uri !== code.redirectUri) return 'redirect-mismatch';
  if (code.challenge !== null && !verifies(code.challenge, fields.code_verifier)) return 'pkce-mismatch';
  return null;
}

function verifies(challenge: NonNullable<Code['challenge']>, verifier: string | undefined): boolean {
  if (verifier === undefined) return false;
  const expected =
    challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  return expected === challenge.value;
}

function grantedAnswer(
  context: TokenContext,
  request: Request,
  client: Client,
  via: Granted['via'],
  outcome: Outcome,
  account: AccountIdentity,
  effects: readonly Effect[],
): TokenResult {
  if (outcome.kind !== 'granted') throw new Error(`a token answer needs a grant, got "${outcome.kind}"`);
  const { service, authority, randomness, origin, nowMs, key } = context;
  const { access, refresh, rotated } = outcome;
  const answer = service.tokenAnswer({
    via,
    nowMs,
    request,
    client,
    access: { value: authority.value(access.id), token: access },
    refresh: refresh === null ? null : { value: authority.value(refresh.id), token: refresh },
    rotated,
    expiresIn: secondsUntil(statedEndMs(service.policy, access), nowMs),
    refreshExpiresIn: refresh === null ? null : secondsUntil(refreshEndMs(authority, refresh), nowMs),
    scopes: access.scopes,
    account,
    origin,
    randomness,
    key,
  });
  return { answer, effects, account };
}

function refreshEndMs(authority: Authority, refresh: RefreshToken): number | null {
  return refreshExpiresAtMs(authority.grantOf(authority.record(refresh.id)), refresh);
}

const secondsUntil = (endMs: number | null, nowMs: number) =>
  endMs === null ? null : Math.round((endMs - nowMs) / 1000);

/** The scopes of a space-delimited list (RFC 6749 section 3.3). */
export function splitScope(scope: string): string[] {
  return scope.split(/[\s,]+/).filter((part) => part !== '');
}

const refuse = (
  refused: Refusal,
  detail: string | null = null,
  effects: readonly Effect[] = [],
): TokenResult => ({ refused, effects, detail });
