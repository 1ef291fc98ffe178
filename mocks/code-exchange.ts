// The exchange of an authorization code for the first tokens of a grant (RFC 6749 section 4.1.3, RFC 7636).

import type { Client, Code } from './authority.ts';
import { sha256 } from './digest.ts';
import { base64url } from './encoding.ts';
import type { Request } from './http.ts';
import type { Refusal } from './refusals.ts';
import { grantedAnswer, refuse, type TokenContext, type TokenResult } from './token-answer.ts';
import { askedLifetimes } from './token-request.ts';

/** Exchanges the code that the fields name, for a client that proved who it is, by its secret or `withoutSecret`. */
export function exchangeCode(
  context: TokenContext,
  request: Request,
  fields: Readonly<Record<string, string>>,
  client: Client,
  withoutSecret: boolean,
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
  const { account, scopes, offline, besideScopes } = code;
  const consent = {
    account,
    clientId: client.id,
    scopes,
    offline,
    atMs: nowMs,
    ...(withoutSecret ? { withoutSecret } : {}),
    ...askedLifetimes(service, fields),
  };
  const { outcome, effects } = authority.consent(consent);
  const asked = { via: 'authorization_code', request, fields, client } as const;
  if (besideScopes === null) return grantedAnswer(context, asked, outcome, account, effects);
  const beside = authority.consent({ ...consent, scopes: besideScopes, beside: true });
  const all = [...effects, ...beside.effects];
  return grantedAnswer(context, asked, outcome, account, all, beside.outcome);
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
  const expected = challenge.method === 'plain' ? verifier : base64url(sha256(verifier));
  return expected === challenge.value;
}
