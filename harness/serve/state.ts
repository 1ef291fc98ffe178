// GET /state: everything that is there, for people who look and for pages that show it.

import type { Account } from '../../mocks/index.ts';
import { knownActs } from '../../mocks/known-acts.ts';
import type { TokenView } from '../../mocks/service.ts';
import type { HandClock } from '../time/hand-clock.ts';
import { VERSION } from '../version.ts';
import type { World } from '../world/world.ts';
import { clockState } from './clock-routes.ts';
import { faultsOf } from './fault-routes.ts';
import { gatesOf } from './gate-routes.ts';
import type { Stand } from './stand.ts';

/** The state as it is told. Tokens appear by id, never by value. */
export async function stateOf(stand: Stand) {
  const { clock, seed, offers } = stand;
  const world = await stand.world();
  return {
    hour4: VERSION,
    seed,
    clock: clockState(clock),
    services: offers.map(({ name, id, knobs, origin }) => ({
      name,
      id,
      variant: knobs.variant ?? null,
      url: origin,
    })),
    accounts: world.accounts.map((account) => accountState(account, world, clock)),
    faults: await faultsOf(stand),
    gates: await gatesOf(stand),
    ledger: { entries: world.ledger.entries.length },
    eventsUrl: world.eventsUrl,
  };
}

function accountState(
  { id, service, tenant, apiUrl, scopes }: Account,
  { providers }: World,
  { startMs, nowMs }: HandClock,
) {
  const holders = [...providers.values()].map(({ service, authority }) => ({
    ...{ service, authority },
    grants: authority.grantsOf(id),
  }));
  const tokens = holders.flatMap(({ authority, grants }) =>
    grants
      .flatMap(({ accessTokens, refreshTokens }) => [...accessTokens, ...refreshTokens])
      .flatMap((token) => {
        const view = authority.view(authority.value(token.id), startMs + nowMs);
        return view === null ? [] : tokenState(token, view);
      }),
  );
  const acts = holders.flatMap(({ service, grants }) =>
    grants.length === 0 ? [] : knownActs(service, grants),
  );
  return { id, service, tenant, url: apiUrl, scopes, tokens, acts };
}

function tokenState(
  { id, ended }: { readonly id: string; readonly ended: { readonly cause: string } | null },
  { kind, live, issuedAtMs, expiresAtMs }: TokenView,
) {
  return {
    id,
    kind,
    live,
    issuedAt: new Date(issuedAtMs).toISOString(),
    expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
    endedBy: ended?.cause ?? null,
  };
}
