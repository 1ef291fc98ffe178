// From the knobs of a service to those of oidc-provider, whose lifetimes are whole seconds.

import type { Configuration, KoaContextWithOIDC, RefreshToken } from 'oidc-provider';
import type { Policy } from '../../mocks/index.ts';
import { nowS } from './now.ts';

type Ttl = NonNullable<Configuration['ttl']>;

const CENTURY_S = 100 * 365 * 24 * 3600;

/** How long everything lives, and when a refresh token is replaced. */
export function lifetimes(policy: Policy): Pick<Configuration, 'ttl' | 'rotateRefreshToken'> {
  const { access, codeTtlMs, rotation, stickyForMs = 0 } = policy;
  return {
    ttl: {
      AccessToken: access.kind === 'fixed' ? seconds(access.ttlMs) : CENTURY_S,
      AuthorizationCode: seconds(codeTtlMs),
      RefreshToken: refreshTtl(policy),
      // Only what the knobs name may bring an end.
      Grant: CENTURY_S,
      IdToken: 3600,
      Interaction: 24 * 3600,
      Session: 24 * 3600,
    },
    rotateRefreshToken:
      rotation === 'sticky'
        ? ({ oidc }: KoaContextWithOIDC) => ageS(oidc.entities.RefreshToken) >= seconds(stickyForMs)
        : rotation === 'every-use',
  };
}

function refreshTtl({ refresh }: Policy): NonNullable<Ttl['RefreshToken']> {
  switch (refresh.kind) {
    case 'none':
    case 'unlimited':
      return CENTURY_S;
    case 'fixed':
      return seconds(refresh.ttlMs);
    case 'idle':
      return seconds(refresh.windowMs);
    case 'absolute':
      return (_context, token) => remaining(token, refresh.ttlMs);
    case 'idle-and-cap':
      return (_context, token) => Math.min(seconds(refresh.windowMs), remaining(token, refresh.capMs));
  }
}

// A successor knows when the first of its family was issued.
const remaining = (token: RefreshToken, ttlMs: number) =>
  Math.max(1, seconds(ttlMs) - (token.iiat === undefined ? 0 : nowS() - token.iiat));

const ageS = (token: RefreshToken | undefined) => nowS() - (token?.iat ?? nowS());
const seconds = (ms: number) => Math.max(1, Math.round(ms / 1000));
