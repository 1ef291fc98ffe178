// What Google tells a relying party by Cross-Account Protection (RISC): security event tokens, signed with Google's key.

import type { ActName } from '../../acts.ts';
import { type JsonObject, json } from '../../http.ts';
import { keysOf } from '../../id-token.ts';
import { publicJwk, signJwt } from '../../jwt.ts';
import type { Randomness } from '../../randomness.ts';
import { rsaPrivateKey } from '../../rsa-key.ts';
import type { Route } from '../../service.ts';
import { type Happened, seconds, type Webhook, type Webhooks } from '../../webhook.ts';
import { SERVICE_ID, subjectOf } from './identity.ts';
import { IDENTITY } from './scopes.ts';

const OAUTH = 'https://schemas.openid.net/secevent/oauth/event-type';
const RISC = 'https://schemas.openid.net/secevent/risc/event-type';
// With a slash at its end, which the issuer of ID tokens lacks.
const ISSUER = 'https://accounts.google.com/';
const KEY_ID = 'risc';

const TOKEN_REVOKED = `${OAUTH}/token-revoked`;
/** How much of a refresh token a message tells. */
const PREFIX_LENGTH = 16;

const EVENTS: Partial<Record<ActName, string>> = {
  revoke: TOKEN_REVOKED,
  'withdraw-consent': `${OAUTH}/tokens-revoked`,
  'end-sessions': `${RISC}/sessions-revoked`,
  'require-reauth': `${RISC}/sessions-revoked`,
  offboard: `${RISC}/account-disabled`,
  'delete-account': `${RISC}/account-disabled`,
  'change-password': `${RISC}/account-credential-change-required`,
};

/** The messages; of users who have not signed in with Google nothing is told, for the app does not know who they are. */
export const WEBHOOKS: Webhooks = {
  tell: (happened) => {
    const event = EVENTS[happened.act];
    const isSignedIn = happened.scopes.some((scope) => IDENTITY.includes(scope));
    return event === undefined || !isSignedIn ? null : securityEvent(happened, event);
  },
};

/** Where a receiver finds out who signs, and with which key. */
export const RISC_ROUTES: readonly Route[] = [
  {
    id: 'risc.configuration',
    method: 'GET',
    path: '/.well-known/risc-configuration',
    auth: 'none',
    needsOneOf: [],
    effect: 'read',
    handle: ({ origin }) => ({
      answer: json(200, { issuer: ISSUER, jwks_uri: `${origin}/oauth2/v3/certs` }),
    }),
  },
  {
    id: 'certs',
    method: 'GET',
    path: '/oauth2/v3/certs',
    auth: 'none',
    needsOneOf: [],
    effect: 'read',
    handle: ({ randomness }) => ({
      answer: json(200, { keys: [publicJwk(signingKey(randomness), KEY_ID), ...keysOf(SERVICE_ID)] }),
    }),
  },
];

const signingKey = (randomness: Randomness) => rsaPrivateKey(randomness, 'google risc');

// Of one token it is told which, and nothing of whose it is.
function subjectFor({ account, randomness, refreshToken }: Happened, event: string): JsonObject {
  const token = event === TOKEN_REVOKED ? refreshToken() : null;
  if (token === null) return { subject_type: 'iss-sub', iss: ISSUER, sub: subjectOf(randomness, account) };
  return {
    subject_type: 'oauth_token',
    token_type: 'refresh_token',
    token_identifier_alg: 'prefix',
    token: token.slice(0, PREFIX_LENGTH),
  };
}

function securityEvent(happened: Happened, event: string): Webhook {
  const { clientId, nowMs, randomness, key } = happened;
  const claims: JsonObject = {
    iss: ISSUER,
    aud: clientId,
    iat: seconds(nowMs),
    jti: randomness.hex(32, 'google set', key),
    events: { [event]: { subject: subjectFor(happened, event) } },
  };
  return {
    event,
    headers: { 'content-type': 'application/secevent+jwt', accept: 'application/json' },
    body: signJwt(claims, signingKey(randomness), KEY_ID, 'secevent+jwt'),
  };
}
