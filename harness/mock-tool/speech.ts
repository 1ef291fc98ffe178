// How the mock tool words what happened, at each level of challenge 53.

import type { ErrorObject } from '../entry.ts';
import type { Behaviour } from './behaviour.ts';
import type { Answered } from './requests.ts';

/** What the tool prints, and how it exits. */
export interface Speech {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const EXPIRED = 10;
const DENIED = 8;
const FAILED = 1;
const GRANT_OVER: ErrorObject = {
  code: 'REAUTH_REQUIRED',
  message: 'The grant is over: sign in again.',
  retryable: false,
};
/** A wrong end is wrong by this much, in ms. */
const WRONG_BY_MS = 3_600_000;

/** Words an answer. `nowMs` stands in for an end that nobody told. */
export function speechFor(answered: Answered, behaviour: Behaviour, nowMs: number): Speech {
  switch (answered.kind) {
    case 'ok':
      return spoken(behaviour, { ok: true, data: answered.data }, 0);
    case 'not-found':
      return failed(behaviour, { code: 'NOT_FOUND', message: 'There is no such object.' }, FAILED);
    case 'failed':
      return failed(behaviour, { code: 'UPSTREAM_UNAVAILABLE', message: answered.why }, FAILED);
    case 'invalid':
      return refused(behaviour, 'INVALID_CREDENTIALS', 'The access token is not valid.');
    case 'denied':
      return behaviour.denial === 'called-expired'
        ? expired(behaviour, nowMs)
        : refused(behaviour, 'PERMISSION_DENIED', 'This account may not do this.');
    case 'expired':
      return expired(behaviour, answered.endedAtMs ?? nowMs);
  }
}

/** Words the outcome of `auth refresh`. */
export function speechForReauth(renewed: boolean, behaviour: Behaviour): Speech {
  return renewed
    ? spoken(behaviour, { ok: true, data: { refreshed: true } }, 0)
    : failed(behaviour, GRANT_OVER, FAILED);
}

/** Words that a call could not renew its credential. */
export function speechForDeadGrant(behaviour: Behaviour): Speech {
  return failed(behaviour, { ...GRANT_OVER, ...wayOut(behaviour) }, FAILED);
}

function expired(behaviour: Behaviour, endMs: number): Speech {
  const { level, expiredAt } = behaviour;
  const endedAt = new Date(endMs - (expiredAt === 'wrong' ? WRONG_BY_MS : 0)).toISOString();
  if (level === 0) return forbidden(behaviour);
  const code = behaviour.expiryCode ?? (level === 1 ? 'UNAUTHORIZED' : 'CREDENTIALS_EXPIRED');
  if (level === 1) return failed(behaviour, { code, message: 'The access token has expired.' }, FAILED);
  const error: ErrorObject = {
    code,
    message:
      expiredAt === 'none' ? 'The access token has expired.' : `The access token expired at ${endedAt}.`,
    expired: true,
    ...(expiredAt === 'none' ? {} : { expired_at: endedAt }),
    ...(level === 3 ? { retryable: true } : {}),
    ...wayOut(behaviour),
  };
  return failed(behaviour, error, level === 3 ? EXPIRED : FAILED);
}

function refused(behaviour: Behaviour, usual: string, message: string): Speech {
  const { level } = behaviour;
  if (level === 0) return forbidden(behaviour);
  const code = behaviour.denialCode ?? (level === 1 ? 'UNAUTHORIZED' : usual);
  if (level === 1) return failed(behaviour, { code, message }, FAILED);
  const retryable = level === 3 ? { retryable: false } : {};
  return failed(
    behaviour,
    { code, message, ...retryable, ...wayOut(behaviour) },
    level === 3 ? DENIED : FAILED,
  );
}

const forbidden = (behaviour: Behaviour) =>
  failed(behaviour, { code: behaviour.denialCode ?? 'FORBIDDEN', message: 'Access denied' }, FAILED);

function wayOut({ reauth, level, name, tokenEnv }: Behaviour): Partial<ErrorObject> {
  if (reauth === 'none') return {};
  const variable = { reauth_env_var: tokenEnv };
  if (reauth === 'env-only') return variable;
  return { reauth_command: `${name} auth refresh`, ...(level === 3 ? variable : {}) };
}

const failed = (behaviour: Behaviour, error: ErrorObject, exitCode: number): Speech =>
  spoken(behaviour, { ok: false, error }, exitCode);

function spoken(
  { output }: Behaviour,
  envelope: { readonly ok: boolean; readonly data?: unknown; readonly error?: ErrorObject },
  exitCode: number,
): Speech {
  if (output === 'json') return { stdout: `${JSON.stringify(envelope)}\n`, stderr: '', exitCode };
  return envelope.error === undefined
    ? { stdout: `${JSON.stringify(envelope.data)}\n`, stderr: '', exitCode }
    : { stdout: '', stderr: `error: ${envelope.error.message}\n`, exitCode };
}
