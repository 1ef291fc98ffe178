// What several tabs claim, as one claim: the worst word counts, and nothing that one of them named is lost.

import type { Claim } from '../../entry.ts';

const FROM_BAD_TO_GOOD = ['failed', 'paused', 'partial', 'completed'] as const;

/** One claim of at least one. */
export function joinedClaim(claims: readonly Claim[]): Claim {
  const status = FROM_BAD_TO_GOOD.find((word) => claims.some((claim) => claim.status === word)) ?? 'failed';
  const rows = claims.flatMap(({ counts }) => counts?.rows ?? []);
  const skipped = claims.flatMap((claim) => claim.skipped ?? []);
  const reauth = claims.flatMap((claim) => claim.reauth ?? []);
  const [error] = claims.flatMap((claim) => claim.error ?? []);
  return {
    status,
    ...(rows.length === 0 ? {} : { counts: { rows: rows.reduce((sum, each) => sum + each, 0) } }),
    ...(skipped.length === 0 ? {} : { skipped }),
    ...(reauth.length === 0 ? {} : { reauth }),
    ...(error === undefined ? {} : { error }),
  };
}
