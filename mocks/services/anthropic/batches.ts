// Message batches: work that is handed in, takes its time, and belongs to the organisation that handed it in.

import { cellsOf } from '../../cells.ts';
import { isJsonObject, type Json, type JsonObject, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route, Write } from '../../service.ts';
import { idOf, success } from './answers.ts';
import { readMessage, write } from './message.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const PROCESSING_MS = 10 * MINUTE_MS;
const BATCH = '/v1/messages/batches/{id}';
const INFERENCE = ['user:inference'] as const;

/** The routes of batches. */
export const BATCH_ROUTES: readonly Route[] = [
  {
    id: 'batches.list',
    method: 'GET',
    path: '/v1/messages/batches',
    needsOneOf: INFERENCE,
    effect: 'read',
    handle: (call) => {
      const batches = call.data('batches').list().toReversed();
      const data = batches.map((batch) => shown(batch, call));
      const [first, last] = [batches[0]?.id ?? null, batches.at(-1)?.id ?? null];
      return { answer: success(call, { data, has_more: false, first_id: first, last_id: last }) };
    },
  },
  {
    id: 'batches.create',
    method: 'POST',
    path: '/v1/messages/batches',
    needsOneOf: INFERENCE,
    effect: 'write',
    handle: create,
  },
  {
    id: 'batches.read',
    method: 'GET',
    path: BATCH,
    needsOneOf: INFERENCE,
    effect: 'read',
    handle: (call) => {
      const batch = call.data('batches').get(call.params.id ?? '');
      return batch === null ? missing(call) : { answer: success(call, shown(batch, call)) };
    },
  },
  {
    id: 'batches.results',
    method: 'GET',
    path: `${BATCH}/results`,
    needsOneOf: INFERENCE,
    effect: 'read',
    handle: results,
  },
];

function create(call: Call): Handled {
  const requests = parseJsonObject(call.request.body)?.requests;
  if (!Array.isArray(requests) || requests.length === 0) {
    return { refused: 'bad-request', detail: 'requests: Field required' };
  }
  const writes: Write[] = [];
  for (const [index, request] of (requests as readonly Json[]).entries()) {
    const problem = problemOf(request);
    if (problem !== null) return { refused: 'bad-request', detail: `requests.${index}.${problem}` };
    if (isJsonObject(request)) writes.push({ place: 'batches', cells: cellsOf(request) });
  }
  const id = idOf('msgbatch', call);
  const batch = { id, createdAtMs: call.nowMs, requests };
  call.data('batches').put(id, batch);
  return { answer: success(call, shown(batch, call)), writes };
}

function problemOf(request: Json): string | null {
  if (!isJsonObject(request) || typeof request.custom_id !== 'string') return 'custom_id: Field required';
  const params = isJsonObject(request.params) ? readMessage(request.params) : null;
  if (params === null) return 'params: Field required';
  return 'problem' in params ? `params.${params.problem}` : null;
}

function results(call: Call): Handled {
  const batch = call.data('batches').get(call.params.id ?? '');
  if (batch === null) return missing(call);
  if (call.nowMs < endOf(batch)) {
    return { refused: 'bad-request', detail: 'The batch has not ended: its results are not available yet.' };
  }
  const lines = requestsOf(batch).map(({ custom_id: customId, params }, index) => {
    const asked = isJsonObject(params) ? readMessage(params) : { problem: 'params: Field required' };
    const result =
      'problem' in asked
        ? { type: 'errored', error: { type: 'invalid_request_error', message: asked.problem } }
        : { type: 'succeeded', message: write(asked, idOf('msg', call, index)) };
    return `${JSON.stringify({ custom_id: customId, result })}\n`;
  });
  const headers = { 'content-type': 'application/x-jsonl', 'request-id': idOf('req', call) };
  return { answer: { status: 200, headers, body: lines.join('') } };
}

function shown(batch: JsonObject, { nowMs, origin }: Call): JsonObject {
  const id = String(batch.id);
  const endedAtMs = endOf(batch);
  const ended = nowMs >= endedAtMs;
  const requests = requestsOf(batch).length;
  return {
    id,
    type: 'message_batch',
    processing_status: ended ? 'ended' : 'in_progress',
    request_counts: {
      processing: ended ? 0 : requests,
      succeeded: ended ? requests : 0,
      errored: 0,
      canceled: 0,
      expired: 0,
    },
    created_at: new Date(startOf(batch)).toISOString(),
    expires_at: new Date(startOf(batch) + DAY_MS).toISOString(),
    ended_at: ended ? new Date(endedAtMs).toISOString() : null,
    cancel_initiated_at: null,
    archived_at: null,
    results_url: ended ? `${origin}/v1/messages/batches/${id}/results` : null,
  };
}

// A batch of another organisation is not there, as if it had never been.
function missing({ params, heldElsewhere }: Call): Handled {
  const id = params.id ?? '';
  const refused = heldElsewhere('batches', id) ? 'other-tenant' : 'not-found';
  return { refused, detail: `Message batch '${id}' not found` };
}

const startOf = (batch: JsonObject) => Number(batch.createdAtMs ?? 0);
const endOf = (batch: JsonObject) => startOf(batch) + PROCESSING_MS;
const requestsOf = ({ requests }: JsonObject) =>
  Array.isArray(requests) ? (requests as readonly Json[]).filter(isJsonObject) : [];
