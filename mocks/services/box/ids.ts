// The numbers by which Box knows users, enterprises and items; the same in every run.

import { seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

const numberOf = (what: string, name: string) =>
  1_000_000 + Math.floor(seededRandomness(name).uniform('box', what) * 9_000_000);

/** The user who gave an account its grant. */
export const userIdOf = ({ id }: AccountIdentity): string => `2${numberOf('user', id)}`;

/** The enterprise of a tenant; apps that speak for themselves name it. */
export const enterpriseIdOf = (tenant: string): string => String(numberOf('enterprise', tenant));

/** The id of a tenant's nth item; those of two tenants are apart. */
export const itemIdOf = (tenant: string, n: number): string =>
  String(numberOf('items', tenant) * 100_000 + n);
