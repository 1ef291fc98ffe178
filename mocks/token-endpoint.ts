// The token endpoint (RFC 6749 section 3.2): authorization_code and refresh_token grants, by the service's profile.

import type { Client } from './authority.ts';
import { authenticateClient, clientByPkce } from './client-auth.ts';
import { exchangeCode } from './code-exchange.ts';
import type { Effect } from './grant.ts';
import type { Request } from './http.ts';
import { issueAnother } from './issue.ts';
import type { ExtensionGrant } from './service.ts';
import { grantedAnswer, refuse, type TokenContext, type TokenResult } from './token-answer.ts';
import { openTokenDesk } from './token-desk.ts';
import { askedLifetimes, isWronglyEncoded, splitScope } from './token-request.ts';

/** Answers one token request with these fields. */
export function answerTokenRequest(
  context: TokenContext,
  request: Request,
  given: Readonly<Record<string, string>>,
): TokenResult {
  const { service } = context;
  if (isWronglyEncoded(service, request)) return refuse('wrong-encoding');
  const { impliedGrantType } = service;
  const fields =
    impliedGrantType === undefined || given.grant_type !== undefined
      ? given
      : { ...given, grant_type: impliedGrantType };
  const extension = extensionOf(context, fields.grant_type);
  if (extension !== null) return exchangeByExtension(context, request, fields, extension);
  const auth = authenticateClient(service, context.authority, request, fields);
  if (!('refused' in auth)) return exchange(context, request, fields, auth.client, false);
  const client =
    service.secretOptionalWithPkce === true ? clientByPkce(context.authority, request, fields) : null;
  return client === null ? refuse(auth.refused) : exchange(context, request, fields, client, true);
}

function exchange(
  context: TokenContext,
  request: Request,
  fields: Readonly<Record<string, string>>,
  client: Client,
  withoutSecret: boolean,
): TokenResult {
  const { service } = context;
  const objection = service.objection?.('token', fields, context.origin) ?? null;
  if (objection !== null) return refuse(objection.refused);
  switch (fields.grant_type) {
    case 'refresh_token':
      return exchangeRefreshToken(context, request, fields, client);
    case 'authorization_code':
      return exchangeCode(context, request, fields, client, withoutSecret);
    case undefined:
      return refuse('missing-parameter', 'grant_type');
    default:
      return refuse('unsupported-grant-type', fields.grant_type);
  }
}

function extensionOf({ service }: TokenContext, grantType = ''): ExtensionGrant | null {
  const { extensionGrants } = service;
  if (extensionGrants === undefined || !Object.hasOwn(extensionGrants, grantType)) return null;
  return extensionGrants[grantType] ?? null;
}

function exchangeByExtension(
  context: TokenContext,
  request: Request,
  fields: Readonly<Record<string, string>>,
  extension: ExtensionGrant,
): TokenResult {
  const { service, authority, randomness, origin, nowMs } = context;
  const effects: Effect[] = [];
  const tokens = openTokenDesk({ ...context, effects });
  const asked = extension({ request, fields, nowMs, origin, randomness, tokens });
  if ('refused' in asked) return refuse(asked.refused, asked.detail ?? null, effects);
  const { account, scopes, offline, replaces = false } = asked;
  const before = replaces ? authority.grantsOf(account.id) : [];
  const { askedTtlMs } = askedLifetimes(service, fields);
  const issued = issueAnother(authority, account, scopes, nowMs, askedTtlMs, offline);
  if ('refused' in issued) return refuse(issued.refused, null, effects);
  const end = { kind: 'end-access', atMs: nowMs, cause: 'superseded' } as const;
  const ended = before.flatMap(({ id }) => authority.apply(id, end).effects);
  const outcome = {
    kind: 'granted',
    access: issued.access.token,
    refresh: issued.refresh,
    rotated: false,
    effects,
  } as const;
  const client = authority.clients.get(issued.clientId) ?? {
    id: issued.clientId,
    secret: null,
    deleted: true,
  };
  return grantedAnswer(context, { via: 'extension', request, fields, client }, outcome, account, [
    ...effects,
    ...issued.effects,
    ...ended,
  ]);
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
  const record = authority.token(value, 'refresh');
  if (record === null || record.kind !== 'refresh') return refuse('unknown-token');
  const { account } = record;
  const read =
    service.readRefresh === undefined
      ? { scopes: fields.scope === undefined || fields.scope === '' ? null : splitScope(fields.scope) }
      : service.readRefresh({
          request,
          fields,
          account,
          granted: authority.grantOf(record).scopes,
          accounts,
        });
  if ('refused' in read) return refuse(read.refused, read.detail);
  const outcome = authority.apply(record.grantId, {
    kind: 'refresh',
    atMs: nowMs,
    token: record.id,
    clientId: client.id,
    scopes: read.scopes,
    fresh: authority.fresh(record.account.id),
    ...askedLifetimes(service, fields),
  });
  if (outcome.kind === 'refused') return refuse(outcome.cause, null, outcome.effects);
  const asked = { via: 'refresh_token', request, fields, client } as const;
  return grantedAnswer(context, asked, outcome, record.account, outcome.effects);
}
