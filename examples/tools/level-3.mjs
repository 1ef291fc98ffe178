// Level 3: expiry and denial differ in words, in code, in exit code, and in what to do; and a dead credential is not sent.

import { credential, renew } from './credential.mjs';
import { ask, end } from './service.mjs';

const EXPIRED = 10;
const DENIED = 8;
const REAUTH = { reauth_command: 'level-3 auth refresh', reauth_env_var: 'TOOL_TOKEN' };
const args = process.argv.slice(2);

if (args[0] === 'auth') {
  if (await renew()) end({ ok: true }, 0);
  else fail('REAUTH_REQUIRED', 'The grant is over: sign in again', { retryable: false }, 1);
} else {
  const { token, endMs } = credential();
  if (Date.now() >= endMs) sayExpired(endMs);
  else sayAnswer(await ask(args, token), endMs);
}

function sayAnswer({ status, body }, endMs) {
  if (status < 400) end({ ok: true, data: body }, 0);
  else if (status === 404) fail('NOT_FOUND', 'No such thing', { retryable: false }, 1);
  else if (Date.now() >= endMs) sayExpired(endMs);
  else if (status === 401)
    fail('INVALID_CREDENTIALS', 'Not a valid token', { retryable: false, ...REAUTH }, DENIED);
  else fail('PERMISSION_DENIED', 'Not allowed', { retryable: false, ...REAUTH }, DENIED);
}

function sayExpired(endMs) {
  const expired_at = new Date(endMs).toISOString();
  const about = { expired: true, expired_at, retryable: true, ...REAUTH };
  fail('CREDENTIALS_EXPIRED', `The token expired at ${expired_at}`, about, EXPIRED);
}

function fail(code, message, about, exitCode) {
  end({ ok: false, error: { code, message, ...about } }, exitCode);
}
