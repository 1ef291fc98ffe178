// The shapes in which Xero answers: OAuth's errors, the problem of the gateway, and the accounting API's envelope.

import { type Answer, type Json, type JsonObject, json } from '../../http.ts';
import type { Call, Refused } from '../../service.ts';

/** A refusal of the token endpoint: the bare code, as Xero's identity server seldom describes it. */
export const oauthError = (status: number, error: string): Answer => json(status, { error });

/** A refusal of the gateway, with what went wrong in `Detail`. */
export function problem({ randomness, key }: Refused, status: 401 | 403, detail: string): Answer {
  return json(status, {
    Type: null,
    Title: status === 401 ? 'Unauthorized' : 'Forbidden',
    Status: status,
    Detail: detail,
    Instance: randomness.uuid('xero instance', key),
    Extensions: {},
  });
}

/** A success of the accounting API: the objects under their name, in the envelope. */
export function enveloped({ randomness, key, nowMs }: Call, name: string, objects: Json): Answer {
  const envelope: JsonObject = {
    Id: randomness.uuid('xero answer', key),
    Status: 'OK',
    ProviderName: 'hour4',
    DateTimeUTC: dateOf(nowMs),
    [name]: objects,
  };
  return json(200, envelope);
}

/** A moment as the accounting API writes it. */
export const dateOf = (ms: number): string => `/Date(${ms})/`;
