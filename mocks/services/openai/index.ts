// `openai`: API keys without an end, restricted by scopes, and refusals that show a piece of the key.

import { empty, json } from '../../http.ts';
import type { ResourceAnswer, Service, Variant } from '../../service.ts';
import { failed } from './answers.ts';
import { FACTS } from './facts.ts';
import { guarded } from './guard.ts';
import { MODEL_ROUTES } from './models.ts';
import { seed } from './organization.ts';
import { STORE_ROUTES } from './vector-stores.ts';
import { missingScopes, WIRE } from './wire.ts';
import { workloadIdentity } from './workload.ts';

const MINUTE_MS = 60_000;
const CALLS_A_MINUTE = 500;

function resourceHeaders({ calls, resetsAtMs, nowMs }: ResourceAnswer): Record<string, string> {
  if (calls === null || resetsAtMs === null) return {};
  return {
    'x-ratelimit-limit-requests': String(CALLS_A_MINUTE),
    'x-ratelimit-remaining-requests': String(Math.max(0, CALLS_A_MINUTE - calls)),
    'x-ratelimit-reset-requests': span(resetsAtMs - nowMs),
  };
}

// A span as Go prints it: 6m0s, 59.5s, 120ms.
function span(ms: number): string {
  if (ms < 1000) return `${ms}ms`;
  const minutes = Math.floor(ms / MINUTE_MS);
  const seconds = (ms % MINUTE_MS) / 1000;
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds}s`;
}

const scope401: Variant = {
  title: 'a missing scope is 401, as it was before',
  status: 'real',
  source: 'older answers; not confirmed',
  apply: (service) => ({
    ...service,
    wire: service.wire.map((row) =>
      row.id === 'scope-missing'
        ? { ...row, answer: (refused) => failed(refused, 401, missingScopes(refused)) }
        : row,
    ),
  }),
};

const openai: Service = {
  id: 'openai',
  title: 'OpenAI: API keys, models and vector stores',
  hosts: ['api.openai.com', 'auth.openai.com'],
  policy: {
    access: { kind: 'never' },
    refresh: { kind: 'none' },
    rotation: 'none',
    graceMs: 0,
    reuse: 'refused',
    oldAccess: 'lives-on',
    revocation: { ofRefresh: 'grant', ofAccess: 'access-token-only' },
    grantsPerAccount: null,
    codeTtlMs: 10 * MINUTE_MS,
  },
  facts: FACTS,
  scopes: ['model.read', 'model.request', 'api.vector_stores.read', 'api.vector_stores.write'],
  endpoints: { token: ['/oauth/token'], revoke: [], authorize: [] },
  tokenRequest: { encoding: 'json', clientAuth: ['body'] },
  acts: { 'change-password': () => null },
  statesLifetime: false,
  earnsRefreshToken: () => false,
  mintAccess: (randomness, key) => `sk-proj-${randomness.chars(148, 'token', key)}`,
  mintRefresh: (randomness, key) => randomness.chars(64, 'token', key),
  tokenAnswer: ({ access }) => json(200, { access_token: access.value }),
  revokeAnswer: () => empty(200),
  wire: WIRE,
  routes: [...MODEL_ROUTES, ...STORE_ROUTES].map(guarded),
  usageWindowMs: MINUTE_MS,
  resourceHeaders,
  seed,
  variants: { 'workload-identity': workloadIdentity, 'scope-401': scope401 },
};

export default openai;
