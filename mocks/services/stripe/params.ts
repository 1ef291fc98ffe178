// Parameters in Stripe's manner: a form in which brackets name what lies within.

import type { JsonObject } from '../../http.ts';

/** The parameters of a form: `metadata[run]=7` is the field `run` of the object `metadata`. */
export function parseParams(text: string): JsonObject {
  const params: Record<string, string | Record<string, string>> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const [, outer, inner] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name) ?? [];
    if (outer === undefined || inner === undefined) {
      params[name] = value;
      continue;
    }
    const held = params[outer];
    params[outer] = { ...(typeof held === 'object' ? held : {}), [inner]: value };
  }
  return params;
}
