// What a token request says, in whatever form it says it.

import { parseForm, parseJsonObject, type Request } from './http.ts';
import type { Service } from './service.ts';

/** The fields of a token or revocation request: a form, or JSON where the client says so. */
export function tokenFields({ tokenRequest }: Service, request: Request): Record<string, string> {
  const fields = encodingOf(request) === 'json' ? textsIn(request.body) : parseForm(request.body);
  if (tokenRequest.bodyOnly?.includes(request.path)) return fields;
  for (const name in request.query) fields[name] ??= request.query[name] ?? '';
  return fields;
}

/** Whether the endpoint does not read a body in the encoding in which this one is. */
export function isWronglyEncoded({ tokenRequest }: Service, request: Request): boolean {
  const { encoding, insistsOn } = tokenRequest;
  return insistsOn?.includes('encoding') === true && encodingOf(request) !== encoding;
}

function encodingOf({ headers }: Request): 'form' | 'json' {
  return headers['content-type']?.includes('json') === true ? 'json' : 'form';
}

function textsIn(body: string): Record<string, string> {
  const texts: Record<string, string> = {};
  const object = parseJsonObject(body) ?? {};
  for (const name in object) {
    const value = object[name];
    if (typeof value === 'string') texts[name] = value;
    // Whoever speaks JSON asks for a lifetime with a number.
    if (typeof value === 'number') texts[name] = String(value);
  }
  return texts;
}

/** The scopes of a space-delimited list (RFC 6749 section 3.3). */
export function splitScope(scope: string): string[] {
  return scope.split(/[\s,]+/).filter((part) => part !== '');
}

/** The lifetimes that a token request asks for, where it does and the service lets it. */
export function askedLifetimes(
  service: Service,
  fields: Readonly<Record<string, string>>,
): { readonly askedTtlMs?: number; readonly askedRefreshTtlMs?: number } {
  const askedTtlMs = service.askedTtlMs?.(fields) ?? null;
  const askedRefreshTtlMs = service.askedRefreshTtlMs?.(fields) ?? null;
  if (askedTtlMs === null && askedRefreshTtlMs === null) return NOTHING;
  return {
    ...(askedTtlMs === null ? {} : { askedTtlMs }),
    ...(askedRefreshTtlMs === null ? {} : { askedRefreshTtlMs }),
  };
}

const NOTHING = {};
