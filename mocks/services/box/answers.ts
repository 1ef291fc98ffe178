// The shapes in which Box answers: OAuth's errors, its client error, and refusals that are a header and nothing else.

import { type Answer, empty, type Json, type JsonObject, json } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';

const HELP_URL = 'https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors/';

/** What every answer is traced by. */
interface Traced {
  readonly randomness: Randomness;
  readonly key: string;
}

const requestId = ({ randomness, key }: Traced) => randomness.hex(20, 'box request', key);

const traced = (exchange: Traced) => ({ 'box-request-id': requestId(exchange) });

/** A success. */
export const shown = (exchange: Traced, status: number, body: Json): Answer =>
  json(status, body, traced(exchange));

/** A success that has nothing to show. */
export const done = (exchange: Traced): Answer => empty(204, traced(exchange));

/** A refusal of the token endpoint. */
export const oauthError = (error: string, description: string): Answer =>
  json(400, { error, error_description: description });

/** A refusal of the API. */
export const clientError = (
  exchange: Traced,
  status: number,
  code: string,
  message: string,
  more: JsonObject = {},
): Answer =>
  json(
    status,
    { type: 'error', status, code, ...more, help_url: HELP_URL, message, request_id: requestId(exchange) },
    traced(exchange),
  );

/** A refusal whose body is empty: whoever reads bodies only learns nothing. */
export const challenge = (exchange: Traced, status: 401 | 403, error: string): Answer =>
  empty(status, { 'www-authenticate': `Bearer realm="Service"${error}`, ...traced(exchange) });
