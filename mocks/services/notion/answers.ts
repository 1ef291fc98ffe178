// The shapes in which Notion answers: objects that say what they are, and a request id on everything.

import { type Answer, type JsonObject, json } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';

/** Whose request it is, for the ids that the server makes up. */
interface Asked {
  readonly randomness: Randomness;
  readonly key: string;
}

/** A successful answer. */
export const success = (asked: Asked, body: JsonObject): Answer =>
  json(200, { ...body, request_id: requestId(asked) });

/** A refusal of the API. */
export const apiError = (asked: Asked, status: number, code: string, message: string): Answer =>
  json(status, { object: 'error', status, code, message, request_id: requestId(asked) });

/** A refusal of the OAuth endpoints. */
export const oauthError = (asked: Asked, status: number, error: string, description: string): Answer =>
  json(status, { error, error_description: description, request_id: requestId(asked) });

/** A page of a list, by the cursor and the size that were asked for; null where the cursor is none of ours. */
export function listOf(
  asked: Asked,
  type: string,
  all: readonly JsonObject[],
  { start_cursor: cursor, page_size: size }: JsonObject,
): Answer | null {
  const from = cursor === undefined || cursor === null ? 0 : all.findIndex(({ id }) => id === cursor);
  if (from < 0) return null;
  const limit = Math.max(1, Math.min(PAGE_MOST, Number(size ?? PAGE_MOST) || PAGE_MOST));
  const next = all[from + limit];
  return success(asked, {
    object: 'list',
    results: all.slice(from, from + limit),
    next_cursor: next?.id ?? null,
    has_more: next !== undefined,
    type,
    [type]: {},
  });
}

const PAGE_MOST = 100;

const requestId = ({ randomness, key }: Asked) => randomness.uuid('request', key);
