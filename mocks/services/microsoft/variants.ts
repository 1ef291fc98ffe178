// What else Entra does to other kinds of client, and what is widely said of it.

import { isJsonObject } from '../../http.ts';
import type { Granted, Service, Variant, WireRow } from '../../service.ts';
import { forPublicClient, withPolicy } from '../../variant.ts';
import { aadsts } from './answers.ts';
import { clientUnproven, saysSecret } from './client-wire.ts';
import { MFA_ROW } from './grant-wire.ts';
import { tokenInvalid } from './graph-wire.ts';
import { audienceOf } from './resources.ts';

const DAY_MS = 86_400_000;
const CALLS_WHEN_BUSY = 20;

/** A single page app. */
export const spa: Variant = {
  title: 'a single page app: no secret, and refresh tokens that all end 24 hours after the sign-in',
  status: 'real',
  source: 'learn.microsoft.com/entra/identity-platform/refresh-tokens',
  apply: (service) => {
    // The password of a user is no concern of a confidential client; the tokens of a public one die with it.
    const { 'change-password': _, ...acts } = service.acts ?? {};
    const spa = withPolicy(forPublicClient({ ...service, acts }), {
      refresh: { kind: 'absolute', ttlMs: DAY_MS },
    });
    // Its tokens end before they could idle out.
    return { ...spa, wire: spa.wire.filter(({ id }) => id !== 'refresh-token-inactive') };
  },
};

/** A tenant that others keep busy. */
export const busy: Variant = {
  title: 'other apps have used up most of the quota: twenty calls in ten minutes are left',
  status: 'real',
  source: 'learn.microsoft.com/graph/throttling-limits: quotas are shared',
  apply: (service) => withPolicy(service, { callsPerWindow: CALLS_WHEN_BUSY }),
};

/** A policy that wants a second factor. */
export const secondFactor: Variant = {
  title: 'the policy that demands presence asks for a second factor: interaction_required with claims',
  status: 'real',
  source: 'learn.microsoft.com/entra/identity-platform/reference-error-codes',
  apply: (service) => ({
    ...service,
    wire: service.wire.map((row) => (row.id === 'sign-in-too-old' ? MFA_ROW : row)),
  }),
};

/** A secret that ran out. */
export const secretExpired: Variant = {
  title: 'a client secret that is refused is one that has expired',
  status: 'real',
  source: 'learn.microsoft.com/entra/identity-platform/reference-error-codes',
  apply: replacingAnswer('client-secret-wrong', (refused) =>
    saysSecret(refused)
      ? aadsts(
          refused,
          'invalid_client',
          7_000_222,
          'The provided client secret keys are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.',
          { http: 401 },
        )
      : clientUnproven(refused),
  ),
};

/** The other words of an expired token. */
export const otherWords: Variant = {
  title: 'Graph says of an expired token that its lifetime validation failed',
  status: 'real',
  source: 'answers quoted in public issue threads',
  apply: replacingAnswer('access-token-expired', (refused) =>
    tokenInvalid(refused, 'Lifetime validation failed, the token is expired.'),
  ),
};

/** The first version of the endpoint. */
export const v1Answers: Variant = {
  title: 'token answers as the first version of the endpoint gives them: numbers are strings',
  status: 'real',
  source: 'learn.microsoft.com/azure/active-directory/azuread-dev/v1-protocols-oauth-code',
  apply: (service) => ({ ...service, tokenAnswer: (granted) => inStrings(service, granted) }),
};

/** What people expect of any provider. */
export const rotating: Variant = {
  title: 'every use of a refresh token replaces it, and the old one is dead at once',
  status: 'claimed',
  source: 'the widespread advice that refresh tokens are single-use by default',
  apply: (service) => ({ ...service, policy: { ...service.policy, graceMs: 0 } }),
};

function inStrings(service: Service, granted: Granted) {
  const answer = service.tokenAnswer(granted);
  if (!isJsonObject(answer.body) || granted.expiresIn === null) return answer;
  const seconds = String(granted.expiresIn);
  const startsAt = Math.floor(granted.nowMs / 1000);
  return {
    ...answer,
    body: {
      ...answer.body,
      expires_in: seconds,
      ext_expires_in: seconds,
      expires_on: String(startsAt + granted.expiresIn),
      not_before: String(startsAt),
      resource: audienceOf(granted.scopes),
    },
  };
}

function replacingAnswer(id: string, answer: WireRow['answer']): Variant['apply'] {
  return (service) => ({
    ...service,
    wire: service.wire.map((row) => (row.id === id ? { ...row, answer } : row)),
  });
}
