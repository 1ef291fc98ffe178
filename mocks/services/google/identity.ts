// Who the user is: userinfo, tokeninfo, and the mailbox that ties a grant to the user's password.

import { json, parseForm } from '../../http.ts';
import type { Randomness } from '../../randomness.ts';
import type { AccountIdentity, Call, Handled, Route } from '../../service.ts';
import { IDENTITY, MAIL_READ } from './scopes.ts';

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

/** The address of the user that an account is. */
export const emailOf = (account: AccountIdentity) => `${account.id}@${account.tenant}.example`;

/** The id of a user: 21 digits, always the same for the same user. */
export function subjectOf(randomness: Randomness, account: AccountIdentity): string {
  const digits = Array.from({ length: 20 }, (_, place) =>
    Math.floor(randomness.uniform('google subject', account.id, place) * 10),
  );
  return `1${digits.join('')}`;
}
