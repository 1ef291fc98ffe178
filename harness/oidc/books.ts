// From what a request changed at the provider to the world's own books: which grant, which ids, and what comes of it.

import type { Authority } from '../../mocks/authority.ts';
import type { Effect, Grant } from '../../mocks/grant.ts';
import type { Policy, Refusal } from '../../mocks/index.ts';
import { mirrored } from './mirror.ts';
import type { Change } from './protocol.ts';

type Saved = Extract<Change, { kind: 'saved' }>;

/** The books that follow one provider. */
export interface Books {
  /** Takes over what a request changed; `cause` is why tokens ended, where any did. */
  follow(changes: readonly Change[], atMs: number, cause: Refusal): readonly Effect[];
  /** What the provider calls a grant. */
  foreign(grantId: string): string;
}

/** Books on top of an authority, whose grants so far bear the same names at the provider. */
export function keepBooks(authority: Authority, policy: Policy): Books {
  /** Our names of the grants that the provider gave by itself. */
  const own = new Map<string, string>();

  const open = (change: Saved): string => {
    const known = own.get(change.grant) ?? change.grant;
    if (authority.grantsOf(change.account).some(({ id }) => id === known)) return known;
    const id = `${change.account}/grant-${authority.grantsOf(change.account).length + 1}`;
    own.set(change.grant, id);
    authority.open({
      ...{ id, policy, clientId: change.client, scopes: change.scopes },
      ...{ consentedAtMs: change.issuedAt * 1000, ended: null, bars: [] },
      ...{ accessTokens: [], refreshTokens: [] },
    } satisfies Grant);
    return id;
  };
  const grantOf = (change: Change): string | null => {
    const known = authority.token(change.value);
    if (known !== null) return known.grantId;
    return change.kind === 'saved' ? open(change) : null;
  };

  return {
    follow: (changes, atMs, cause) => {
      const byGrant = Map.groupBy(changes, grantOf);
      return [...byGrant].flatMap(([grantId, its]) =>
        grantId === null ? [] : followOne(authority, grantId, its, atMs, cause),
      );
    },
    foreign: (grantId) => [...own].find(([, id]) => id === grantId)?.[0] ?? grantId,
  };
}

function followOne(
  authority: Authority,
  grantId: string,
  changes: readonly Change[],
  atMs: number,
  cause: Refusal,
): readonly Effect[] {
  const named = new Map<string, string>();
  for (const change of changes) {
    if (change.kind !== 'saved') continue;
    const fresh = authority.fresh(change.account);
    named.set(change.value, change.model === 'AccessToken' ? fresh.access : fresh.refresh);
  }
  const idOf = (value: string) => named.get(value) ?? authority.token(value)?.id ?? value;
  const values = new Map([...named].map(([value, id]) => [id, value]));
  const change = (grant: Grant) => mirrored(grant, changes, { atMs, cause, idOf });
  const tokens = changes.map(({ value }) => idOf(value));
  return authority.follow(grantId, { atMs, tokens, values, change }).effects;
}
