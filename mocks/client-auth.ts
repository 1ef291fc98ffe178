// Client authentication at the token and revocation endpoints (RFC 6749 section 2.3).

import type { Authority, Client } from './authority.ts';
import { textFromBase64 } from './encoding.ts';
import type { Request } from './http.ts';
import type { Refusal } from './refusals.ts';

/** The client behind a request, or why it is refused. */
export type ClientAuth = { readonly client: Client } | { readonly refused: Refusal };

/** Checks the client of a request whose body fields are `fields`. */
export function authenticateClient(
  authority: Authority,
  request: Request,
  fields: Readonly<Record<string, string>>,
): ClientAuth {
  const { id, secret } = basicCredentials(request) ?? { id: fields.client_id, secret: fields.client_secret };
  if (id === undefined) return { refused: 'unknown-client' };
  const client = authority.clients.get(id);
  if (client === undefined) return { refused: 'unknown-client' };
  if (client.deleted) return { refused: 'client-deleted' };
  if (client.secret !== null && client.secret !== (secret ?? '')) return { refused: 'wrong-secret' };
  return { client };
}

interface Credentials {
  readonly id: string;
  readonly secret: string;
}

/** The header that was read last: nearly always the next one is the same. */
let lastRead: { readonly authorization: string; readonly credentials: Credentials | null } | null = null;

function basicCredentials({ headers: { authorization } }: Request): Credentials | null {
  if (authorization === undefined) return null;
  if (lastRead?.authorization !== authorization)
    lastRead = { authorization, credentials: decoded(authorization) };
  return lastRead.credentials;
}

function decoded(authorization: string): Credentials | null {
  const [, encoded] = /^basic\s+(\S+)$/i.exec(authorization) ?? [];
  if (encoded === undefined) return null;
  const text = textFromBase64(encoded);
  const colon = text.indexOf(':');
  if (colon < 0) return { id: formDecode(text), secret: '' };
  return { id: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
}

// RFC 6749 section 2.3.1: both parts are form-encoded first. Many clients forget it; a stray % is taken as it is.
function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
