// The ids by which Zoom knows accounts, users and meetings; the same in every run.

import { seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

const idOf = (what: string, name: string) => seededRandomness(name).chars(22, 'zoom', what);

/** The Zoom account that an account belongs to; server-to-server apps ask for tokens by it. */
export const zoomAccountIdOf = ({ id }: AccountIdentity): string => idOf('account', id);

/** The user who gave an account its grant. */
export const userIdOf = ({ id }: AccountIdentity): string => idOf('user', id);

/** The number of a tenant's nth meeting: eleven digits; those of two tenants are apart. */
export const meetingIdOf = (tenant: string, n: number): number =>
  (10_000_000 + Math.floor(seededRandomness(tenant).uniform('zoom meetings') * 80_000_000)) * 1000 + n;
