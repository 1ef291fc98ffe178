// Resource indicators (RFC 8707): a token for this server is asked for by its name, and by no other.

import type { Objection } from '../../service.ts';
import { resourceAt } from './places.ts';

const UNKNOWN: Objection = { refused: 'unknown-resource', error: 'invalid_target' };

/** What the authorization server holds against a request: that it names a resource which is not served here. */
export function audienceObjection(
  _to: 'authorize' | 'token',
  { resource }: Readonly<Record<string, string>>,
  origin: string,
): Objection | null {
  if (resource === undefined) return null;
  if (!URL.canParse(resource)) return UNKNOWN;
  const canonical = [origin, resourceAt(origin)].map(normalized);
  return canonical.includes(normalized(resource)) ? null : UNKNOWN;
}

// Scheme and host compare without regard to case, which URL sees to; a fragment is never part of a resource.
function normalized(uri: string): string {
  const { href, hash } = new URL(uri);
  return hash === '' ? href.replace(/\/$/, '') : uri;
}
