// The ids by which Entra and Graph know tenants, users and drives; the same in every run.

import { once } from '../../once.ts';
import { seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

/** The directory of a tenant. */
export const tenantIdOf = once((tenant: string): string => seededRandomness(tenant).uuid('entra tenant'));

/** The domain of a tenant, which paths may name in place of its id. */
export const domainOf = (tenant: string): string => `${tenant}.example`;

/** The object id of the user who gave an account its grant. */
export const userIdOf = once((accountId: string): string => seededRandomness(accountId).uuid('entra user'));

/** The name with which that user signs in. */
export const userNameOf = ({ id, tenant }: AccountIdentity): string => `${id}@${domainOf(tenant)}`;

/** The user's drive. */
export const driveIdOf = (tenant: string): string => `b!${seededRandomness(tenant).chars(64, 'graph drive')}`;

/** The nth object of a kind in a tenant. */
export const objectIdOf = (tenant: string, kind: string, n: number): string =>
  seededRandomness(tenant).chars(34, 'graph', kind, n).toUpperCase();
