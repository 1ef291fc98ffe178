// The revocation endpoint (RFC 7009).

import type { Authority } from './authority.ts';
import { authenticateClient } from './client-auth.ts';
import type { Effect } from './grant.ts';
import type { Request } from './http.ts';
import type { Refusal } from './refusals.ts';
import type { Service } from './service.ts';

/**
 * The result of a revocation request; revoking what nobody minted is the service's own matter to word. `dead`
 * says why the token was of no use before: RFC 7009 section 2.2 calls that a success, some services do not.
 */
export type RevokeResult =
  | { readonly effects: readonly Effect[]; readonly account: string; readonly dead: Refusal | null }
  | { readonly refused: Refusal };

/** Revokes the token named in a request with these fields. Clients that show who they are must be who they say. */
export function answerRevokeRequest(
  { authority, service }: { readonly authority: Authority; readonly service: Service },
  request: Request,
  fields: Readonly<Record<string, string>>,
  nowMs: number,
): RevokeResult {
  const mustShowClient = service.revocationNeedsClient === true;
  const showsClient =
    mustShowClient || fields.client_id !== undefined || /^basic/i.test(request.headers.authorization ?? '');
  const auth = showsClient ? authenticateClient(service, authority, request, fields) : null;
  if (auth !== null && 'refused' in auth) return auth;
  const value = fields.token;
  if (value === undefined || value === '') return { refused: 'missing-parameter' };
  const record = authority.token(value);
  if (record === null) return { refused: 'unknown-token' };
  if (auth !== null && auth.client.id !== authority.grantOf(record).clientId)
    return { refused: 'wrong-client' };
  const outcome = authority.apply(record.grantId, {
    kind: 'revoke-token',
    atMs: nowMs,
    token: record.id,
  });
  const dead = outcome.kind === 'refused' ? outcome.cause : null;
  return { effects: outcome.effects, account: record.account.id, dead };
}
