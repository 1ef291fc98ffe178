// Slack's methods as routes: each answers GET and POST alike, with its arguments in the query, a form, or JSON.

import { base64, textFromBase64 } from '../../encoding.ts';
import { type JsonObject, parseForm, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';

/** A method of the Web API. */
export interface Method {
  readonly name: string;
  readonly needsOneOf: readonly string[];
  readonly effect: Route['effect'];
  readonly auth?: 'none';
  run(args: JsonObject, call: Call): Handled;
}

/** The two routes of a method. */
export const routesOf = ({ name, run, ...rest }: Method): readonly Route[] =>
  (['POST', 'GET'] as const).map((method) => ({
    id: method === 'POST' ? name : `${name}.get`,
    method,
    path: `/api/${name}`,
    ...rest,
    handle: (call) => run(argumentsOf(call), call),
  }));

/** An argument as text; null where it was not given, or is empty. */
export function text(args: JsonObject, name: string): string | null {
  const value = args[name];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A page of a list, by the cursor and the limit that were asked for; null where the cursor is none of ours. */
export function pageOf<Item>(
  items: readonly Item[],
  args: JsonObject,
  limitDefault: number,
): { readonly items: readonly Item[]; readonly nextCursor: string } | null {
  const cursor = text(args, 'cursor');
  const from = cursor === null ? 0 : Number(/^next:(\d+)$/.exec(decode(cursor))?.[1]);
  if (Number.isNaN(from)) return null;
  const limit = Math.max(1, Math.min(1000, Number(text(args, 'limit') ?? limitDefault) || limitDefault));
  const end = from + limit;
  return { items: items.slice(from, end), nextCursor: end < items.length ? encode(`next:${end}`) : '' };
}

function argumentsOf({ request }: Call): JsonObject {
  const type = request.headers['content-type'] ?? '';
  const body = type.includes('json') ? parseJsonObject(request.body) : parseForm(request.body);
  return { ...request.query, ...body };
}

const encode = (plain: string) => base64(plain);
const decode = (cursor: string) => textFromBase64(cursor);
