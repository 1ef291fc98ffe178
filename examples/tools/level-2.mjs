// Level 2: a code, the end, and a command that renews the credential. A script that looks at the exit code learns nothing.

import { credential, renew } from './credential.mjs';
import { ask, end } from './service.mjs';

const REAUTH = { reauth_command: 'level-2 auth refresh' };
const args = process.argv.slice(2);

if (args[0] === 'auth') {
  if (await renew()) end({ ok: true }, 0);
  else end({ ok: false, error: { code: 'REAUTH_REQUIRED', message: 'The grant is over: sign in again' } }, 1);
} else {
  const { token, endMs } = credential();
  const { status, body } = await ask(args, token);
  if (status < 400) end({ ok: true, data: body }, 0);
  else end({ ok: false, error: errorOf(status, endMs) }, 1);
}

function errorOf(status, endMs) {
  if (status === 404) return { code: 'NOT_FOUND', message: 'No such thing' };
  if (Date.now() < endMs) return { code: 'PERMISSION_DENIED', message: 'Not allowed', ...REAUTH };
  const expired_at = new Date(endMs).toISOString();
  return {
    code: 'CREDENTIALS_EXPIRED',
    message: 'The token has expired',
    expired: true,
    expired_at,
    ...REAUTH,
  };
}
