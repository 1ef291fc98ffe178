// `openai`: API keys without an end, restricted by scopes, and refusals that show a piece of the key.

import { empty, json } from '../../http.ts';
import type { Service, Variant } from '../../service.ts';
import { failed } from './answers.ts';
import { prepaid } from './credit.ts';
import { FACTS } from './facts.ts';
import { guarded } from './guard.ts';
import { CALLS_PER_MINUTE, limitHeaders, MINUTE_WINDOW_MS } from './limits.ts';
import { MODEL_ROUTES } from './models.ts';
import { seed } from './organization.ts';
import { STORE_ROUTES } from './vector-stores.ts';
import { missingScopes, WIRE } from './wire.ts';
import { workloadIdentity } from './workload.ts';

const MINUTE_MS = 60_000;

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
    callsPerWindow: CALLS_PER_MINUTE,
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
  usageWindowMs: MINUTE_WINDOW_MS,
  resourceHeaders: limitHeaders,
  seed,
  variants: { 'workload-identity': workloadIdentity, 'scope-401': scope401, prepaid },
};

export default openai;
