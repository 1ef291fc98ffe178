// Who the user is: id tokens, userinfo, tokeninfo, and the mailbox that ties a grant to the user's password.

import { sha256 } from '../../digest.ts';
import { base64url } from '../../encoding.ts';
import { type JsonObject, json, parseForm } from '../../http.ts';
import { signIdToken } from '../../id-token.ts';
import type { Randomness } from '../../randomness.ts';
import type { AccountIdentity, Call, Granted, Handled, Route } from '../../service.ts';
import { EMAIL, IDENTITY, MAIL_READ } from './scopes.ts';

/** The service as the keys of id tokens know it. */
export const SERVICE_ID = 'google';

const TOKENINFO_PATHS = ['/tokeninfo', '/oauth2/v3/tokeninfo'];

/** The routes. */
export const identityRoutes: readonly Route[] = [
  {
    id: 'userinfo',
    method: 'GET',
    path: '/oauth2/v3/userinfo',
    needsOneOf: IDENTITY,
    effect: 'read',
    handle: (call) => ({
      answer: json(200, {
        sub: subjectOf(call.randomness, call.account),
        name: call.account.id,
        email: emailOf(call.account),
        email_verified: true,
      }),
    }),
  },
  {
    id: 'gmail.getProfile',
    method: 'GET',
    path: '/gmail/v1/users/{userId}/profile',
    needsOneOf: MAIL_READ,
    effect: 'read',
    handle: ({ account, data }) => {
      const messagesTotal = data('messages').list().length;
      const profile = { emailAddress: emailOf(account), messagesTotal, threadsTotal: messagesTotal };
      return { answer: json(200, { ...profile, historyId: String(messagesTotal + 1) }) };
    },
  },
  ...TOKENINFO_PATHS.flatMap((path, index) =>
    (['GET', 'POST'] as const).map(
      (method): Route => ({
        id: `tokeninfo${index === 0 ? '' : '.v3'}${method === 'GET' ? '' : '.post'}`,
        method,
        path,
        auth: 'none',
        needsOneOf: [],
        effect: 'read',
        handle: tokenInfo,
      }),
    ),
  ),
];

// To say that a token is dead is no refusal: the question was answered.
function tokenInfo(call: Call): Handled {
  const { query, body } = call.request;
  const value = { ...query, ...parseForm(body) }.access_token ?? '';
  const view = call.tokens.find(value);
  if (view === null || !view.live || view.kind !== 'access') {
    return { answer: json(400, { error: 'invalid_token', error_description: 'Invalid Value' }) };
  }
  const end = view.expiresAtMs;
  return {
    answer: json(200, {
      azp: view.clientId,
      aud: view.clientId,
      sub: subjectOf(call.randomness, view.account),
      scope: view.scopes.join(' '),
      ...(end === null
        ? {}
        : { exp: String(Math.floor(end / 1000)), expires_in: String(Math.floor((end - call.nowMs) / 1000)) }),
    }),
  };
}

const ID_TOKEN_LIFETIME_S = 3600;
const HALF_OF_A_DIGEST = 16;
const NOTHING: JsonObject = {};

/** The id token that comes with each access token of a grant with the scope openid; nothing for others. */
export function idToken({ scopes, account, client, nowMs, access, randomness }: Granted): JsonObject {
  if (!scopes.includes('openid')) return NOTHING;
  const iat = Math.floor(nowMs / 1000);
  const claims = {
    iss: 'https://accounts.google.com',
    azp: client.id,
    aud: client.id,
    sub: subjectOf(randomness, account),
    ...(EMAIL.some((scope) => scopes.includes(scope))
      ? { email: emailOf(account), email_verified: true }
      : {}),
    at_hash: base64url(sha256(access.value).subarray(0, HALF_OF_A_DIGEST)),
    iat,
    exp: iat + ID_TOKEN_LIFETIME_S,
  };
  return { id_token: signIdToken(SERVICE_ID, claims) };
}

/** The address of the user that an account is. */
export const emailOf = (account: AccountIdentity) => `${account.id}@${account.tenant}.example`;

/** The id of a user: 21 digits, always the same for the same user. */
export function subjectOf(randomness: Randomness, account: AccountIdentity): string {
  const digits = Array.from({ length: 20 }, (_, place) =>
    Math.floor(randomness.uniform('google subject', account.id, place) * 10),
  );
  return `1${digits.join('')}`;
}
