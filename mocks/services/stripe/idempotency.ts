// Idempotency keys: the same request under the same key is carried out once, and answered again as it was.

import { sha256 } from '../../digest.ts';
import { hex } from '../../encoding.ts';
import { isJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';

const KEPT_MS = 24 * 3_600_000;

/** A route that honours `Idempotency-Key`. Refusals are not remembered: they changed nothing. */
export const idempotent = (route: Route): Route => ({
  ...route,
  handle: (call) => {
    const key = call.request.headers['idempotency-key'];
    if (key === undefined) return route.handle(call);
    return answeredBefore(call, key) ?? remember(call, key, route.handle(call));
  },
});

function answeredBefore(call: Call, key: string): Handled | null {
  const before = call.data('idempotency').get(key);
  if (before === null || call.nowMs >= Number(before.atMs) + KEPT_MS) return null;
  if (before.fingerprint !== fingerprintOf(call)) {
    const detail =
      'Keys for idempotent requests can only be used with the same parameters they were first used with. ' +
      `Try using a key other than '${key}' if you meant to execute a different request.`;
    return { refused: 'bad-request', code: 'idempotency_error', detail };
  }
  const headers = isJsonObject(before.headers) ? before.headers : {};
  const kept = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return {
    answer: {
      status: Number(before.status),
      headers: { ...Object.fromEntries(kept), 'idempotent-replayed': 'true' },
      body: before.body ?? null,
    },
  };
}

function remember(call: Call, key: string, handled: Handled): Handled {
  if ('refused' in handled) return handled;
  const { status, headers, body } = handled.answer;
  const fingerprint = fingerprintOf(call);
  call.data('idempotency').put(key, { atMs: call.nowMs, fingerprint, status, headers, body });
  return handled;
}

const fingerprintOf = ({ request }: Call) =>
  hex(sha256(`${request.method} ${request.path}\n${request.body}`));
