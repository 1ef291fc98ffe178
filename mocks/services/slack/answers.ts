// Slack's one shape: 200 with `ok`, and the error's name where it is false.

import { type Answer, type JsonObject, json } from '../../http.ts';

/** A successful answer. */
export const ok = (body: JsonObject): Answer => json(200, { ok: true, ...body });

/** A refusal: 200 all the same. */
export const failed = (error: string, more: JsonObject = {}): Answer =>
  json(200, { ok: false, error, ...more });
