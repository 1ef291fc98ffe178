// Continuous access evaluation: long tokens for clients that can take a challenge, and their end before their time.

import { ACCESS_TOKEN_ENDED } from '../../causes.ts';
import { base64 } from '../../encoding.ts';
import { isJsonObject, type JsonObject, parseJsonObject } from '../../http.ts';
import { isEvaluated } from '../../lifetimes.ts';
import { seededRandomness } from '../../randomness.ts';
import type { Refused, Variant, WireRow } from '../../service.ts';
import { mintAccess } from './access-token.ts';
import { tokenInvalid } from './graph-wire.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LONG_MS = 28 * HOUR_MS;
const USUAL_FROM_MS = HOUR_MS;
const USUAL_TO_MS = 1.5 * HOUR_MS;
const DELAY_MS = 15 * MINUTE_MS;
// Only the long tokens are evaluated on each call; those of the usual length are honoured to their end.
const EVALUATED = { evaluatedAboveMs: USUAL_TO_MS };
const CAPABILITY = 'cp1';
const SOURCE = 'learn.microsoft.com/entra/identity-platform/claims-challenge';
const RESULT =
  'Continuous access evaluation resulted in challenge with result: InteractionRequired and code:';

/** The rows in which Graph challenges. A client that did not say that it understands is not asked. */
const CHALLENGES: readonly WireRow[] = [
  {
    id: 'claims-challenge-revoked',
    at: 'resource',
    causes: ACCESS_TOKEN_ENDED,
    produce: [{ act: 'revoke-by-admin' }, { advanceMs: DELAY_MS }, { call: '/v1.0/me' }],
    source: `${SOURCE}; the words: microsoftgraph/msgraph-sdk-java#2355; that nbf is asked for is common experience`,
    sureness: 'observed',
    answer: (refused) =>
      challenged(refused, 'TokenIssuedBeforeRevocationTimestamp', {
        nbf: { essential: true, value: String(Math.floor(revokedAtMs(refused) / 1000)) },
      }),
  },
  {
    id: 'claims-challenge-location',
    at: 'resource',
    causes: ['ip-restricted'],
    produce: [{ act: 'restrict-ip' }, { call: '/v1.0/me' }],
    source: `${SOURCE}; the values are not confirmed`,
    sureness: 'assumed',
    answer: (refused) =>
      challenged(refused, 'LocationConditionEvaluationSatisfied', {
        nbf: { essential: true, value: String(Math.floor(refused.nowMs / 1000)) },
        xms_rp_ipaddr: { value: '203.0.113.7' },
      }),
  },
];

/** The variant. */
export const cae: Variant = {
  title:
    'continuous access evaluation: tokens of 28 hours for clients that advertise cp1, refused within 15 minutes ' +
    'of a revocation by a claims challenge',
  status: 'real',
  source: 'learn.microsoft.com/entra/identity-platform/app-resilience-continuous-access-evaluation',
  apply: (service) => ({
    ...service,
    policy: {
      ...service.policy,
      access: { kind: 'fixed', ttlMs: LONG_MS },
      askedTtl: { minMs: USUAL_FROM_MS, maxMs: LONG_MS },
      revocationDelayMs: DELAY_MS,
      ...EVALUATED,
    },
    mintAccess: (randomness, key, account, minted) =>
      mintAccess(
        randomness,
        key,
        account,
        minted,
        isEvaluated(EVALUATED, minted) ? { xms_cc: [CAPABILITY] } : {},
      ),
    askedTtlMs: (fields) => (advertises(fields.claims ?? '') ? LONG_MS : usualTtlMs(fields)),
    acts: { ...service.acts, 'restrict-ip': barLocation },
    wire: [...service.wire.map(withoutChallenged), ...CHALLENGES],
  }),
};

// A token ends when the revocation has come through to Graph.
const revokedAtMs = ({ token, nowMs }: Refused) =>
  token === null || token.ended === null ? nowMs : token.ended.atMs - DELAY_MS;

/** Whether the client of a token request said that it can take a claims challenge. */
function advertises(claims: string): boolean {
  const token = parseJsonObject(claims)?.access_token;
  const capability = isJsonObject(token) ? token.xms_cc : undefined;
  const values = isJsonObject(capability) ? capability.values : undefined;
  return values === CAPABILITY || (Array.isArray(values) && values.includes(CAPABILITY));
}

// The fields hold a code or a refresh token, so that each client draws lifetimes of its own.
function usualTtlMs(fields: Readonly<Record<string, string>>): number {
  const drawn = seededRandomness(JSON.stringify(fields)).uniform('access token lifetime');
  return Math.round((USUAL_FROM_MS + drawn * (USUAL_TO_MS - USUAL_FROM_MS)) / 1000) * 1000;
}

const barLocation = () =>
  ({ kind: 'bar', bar: { cause: 'ip-restricted', from: 'both', evaluatedOnly: true } }) as const;

function challenged(refused: Refused, code: string, claims: JsonObject) {
  if (refused.token === null || !isEvaluated(EVALUATED, refused.token))
    return tokenInvalid(refused, `${RESULT} ${code}`);
  const encoded = base64(JSON.stringify({ access_token: claims }));
  return tokenInvalid(refused, `${RESULT} ${code}`, `, error="insufficient_claims", claims="${encoded}"`);
}

function withoutChallenged(row: WireRow): WireRow {
  const isGraph = row.id === 'access-token-garbled' || row.id === 'call-denied';
  const taken = CHALLENGES.flatMap(({ causes }) => causes);
  return isGraph ? { ...row, causes: row.causes.filter((cause) => !taken.includes(cause)) } : row;
}
