// What a token request says, in whatever form it says it.

import { isJsonObject, parseForm, parseJsonObject, type Request } from './http.ts';
import type { Service } from './service.ts';

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

/** The scopes of a space-delimited list (RFC 6749 section 3.3). */
export function splitScope(scope: string): string[] {
  return scope.split(/[\s,]+/).filter((part) => part !== '');
}

/** The lifetime that a token request asks for, where it does and the service lets it. */
export function askedTtl(
  service: Service,
  fields: Readonly<Record<string, string>>,
): { readonly askedTtlMs?: number } {
  const askedTtlMs = service.askedTtlMs?.(fields) ?? null;
  return askedTtlMs === null ? {} : { askedTtlMs };
}
