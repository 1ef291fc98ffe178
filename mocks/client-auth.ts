// Client authentication at the token and revocation endpoints (RFC 6749 section 2.3).

import type { Authority, Client } from './authority.ts';
import { textFromBase64 } from './encoding.ts';
import type { Request } from './http.ts';
import { once } from './once.ts';
import type { Refusal } from './refusals.ts';
import type { Service } from './service.ts';

/** The client behind a request, or why it is refused. */
export type ClientAuth = { readonly client: Client } | { readonly refused: Refusal };

/** Checks the client of a request whose body fields are `fields`. */
export function authenticateClient(
  service: Pick<Service, 'tokenRequest' | 'clientKey'>,
  authority: Authority,
  request: Request,
  fields: Readonly<Record<string, string>>,
): ClientAuth {
  const auth = byIdAndSecret(service, authority, request, fields);
  if (!('refused' in auth) || service.clientKey === undefined) return auth;
  const key = service.clientKey(request, fields);
  return key === null ? auth : byKey(authority, key, fields.client_id, auth);
}

function byKey(
  { clients }: Authority,
  key: string,
  id: string | undefined,
  otherwise: ClientAuth,
): ClientAuth {
  const client = [...clients.values()].find((one) => one.secret === key && (id ?? one.id) === one.id);
  if (client !== undefined) return client.deleted ? { refused: 'client-deleted' } : { client };
  return id === undefined ? { refused: 'wrong-secret' } : otherwise;
}

function byIdAndSecret(
  service: Pick<Service, 'tokenRequest'>,
  authority: Authority,
  request: Request,
  fields: Readonly<Record<string, string>>,
): ClientAuth {
  const { authorization } = request.headers;
  const isProvedInBody = fields.client_secret !== undefined;
  const isHeaderRead = takes(service, 'basic') || !isProvedInBody;
  const named = authorization === undefined || !isHeaderRead ? null : basicCredentials(authorization);
  const { id, secret } = named ?? { id: fields.client_id, secret: fields.client_secret };
  if (id === undefined) return { refused: 'unknown-client' };
  // Who proves nothing is no matter of the way: a public client need not, and any other one lacks its secret.
  const way = named !== null ? 'basic' : isProvedInBody ? 'body' : 'none';
  if (way !== 'none' && !takes(service, way)) return { refused: 'wrong-client-auth' };
  const client = authority.clients.get(id);
  if (client === undefined) return { refused: 'unknown-client' };
  if (client.deleted) return { refused: 'client-deleted' };
  if (client.secret !== null && client.secret !== (secret ?? '')) return { refused: 'wrong-secret' };
  return { client };
}

/** The client of a request that shows no secret, but the proof of PKCE, or the refresh token of a grant that came of one. */
export function clientByPkce(
  authority: Authority,
  request: Request,
  {
    client_id: id = '',
    client_secret,
    grant_type,
    code = '',
    refresh_token = '',
  }: Readonly<Record<string, string>>,
): Client | null {
  if (client_secret !== undefined || request.headers.authorization !== undefined) return null;
  const client = authority.clients.get(id);
  if (client === undefined || client.deleted) return null;
  if (grant_type === 'authorization_code')
    return authority.codes.get(code)?.challenge == null ? null : client;
  if (grant_type !== 'refresh_token') return null;
  const record = authority.token(refresh_token, 'refresh');
  return record !== null && authority.grantOf(record).withoutSecret === true ? client : null;
}

function takes({ tokenRequest }: Pick<Service, 'tokenRequest'>, way: 'basic' | 'body'): boolean {
  const { clientAuth, insistsOn } = tokenRequest;
  return insistsOn === undefined || !insistsOn.includes('clientAuth') || clientAuth.includes(way);
}

const basicCredentials = once((authorization: string): { id: string; secret: string } | null => {
  const match = /^basic\s+(\S+)$/i.exec(authorization);
  if (match?.[1] === undefined) return null;
  const decoded = textFromBase64(match[1]);
  const colon = decoded.indexOf(':');
  if (colon < 0) return { id: formDecode(decoded), secret: '' };
  return { id: formDecode(decoded.slice(0, colon)), secret: formDecode(decoded.slice(colon + 1)) };
});

const ENCODED = /[%+]/;

// RFC 6749 section 2.3.1: both parts are form-encoded first. Many clients forget it; a stray % is taken as it is.
function formDecode(text: string): string {
  if (!ENCODED.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
