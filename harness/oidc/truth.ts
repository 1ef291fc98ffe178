// Why the provider refused a request: from what it tells its operator to the words of our table.

import type { Policy, Refusal } from '../../mocks/index.ts';
import type { Told } from './protocol.ts';

const BY_DETAIL: Readonly<Record<string, Refusal>> = {
  'refresh token not found': 'unknown-token',
  'refresh token already used': 'rotated',
  'already consumed': 'rotated',
  'authorization code not found': 'unknown-code',
  'authorization code is expired': 'expired-code',
  'authorization code already consumed': 'used-code',
  'authorization code redirect_uri mismatch': 'redirect-mismatch',
  'client mismatch': 'wrong-client',
  'client is not authorized to revoke the presented token': 'wrong-client',
  'client not found': 'unknown-client',
  'invalid secret provided': 'wrong-secret',
  'no client authentication mechanism provided': 'unknown-client',
  'grant not found': 'unknown-token',
  'access token not found': 'unknown-token',
  'no access token provided': 'no-token',
};

const BY_ERROR: Readonly<Record<string, Refusal>> = {
  invalid_client: 'unknown-client',
  invalid_grant: 'unknown-token',
  invalid_token: 'unknown-token',
  invalid_scope: 'scope-exceeds',
  insufficient_scope: 'scope-missing',
  unsupported_grant_type: 'unsupported-grant-type',
  invalid_redirect_uri: 'redirect-mismatch',
  access_denied: 'consent-withdrawn',
};

/** Why a request was refused under this policy; `ok` where it was not. */
export function truthOf({ refusal }: Pick<Told, 'refusal'>, { refresh }: Policy): 'ok' | Refusal {
  if (refusal === null) return 'ok';
  const { error, detail } = refusal;
  if (detail === 'refresh token is expired') return refresh.kind === 'idle' ? 'idle' : 'capped';
  if (/code_verifier|PKCE/.test(detail)) return 'pkce-mismatch';
  return BY_DETAIL[detail] ?? BY_ERROR[error] ?? 'missing-parameter';
}
