// A tenant is a shop. Its domain, its users and its numeric ids; the same in every run.

import { seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

const numberOf = (what: string, name: string): number =>
  Math.floor(seededRandomness(name).uniform('shopify', what) * 1e9);

/** The domain that names the shop everywhere. */
export const shopDomainOf = (tenant: string): string => `${tenant}.myshopify.com`;

/** The number of the shop. */
export const shopIdOf = (tenant: string): number => 50_000_000_000 + numberOf('shop', tenant);

/** The number of the user behind an account, as session tokens name it. */
export const userIdOf = ({ id }: AccountIdentity): string => String(70_000_000_000 + numberOf('user', id));

/** The number of a tenant's nth object of a kind; those of two tenants are apart. */
export const numericIdOf = (tenant: string, kind: string, n: number): number =>
  8_000_000_000_000 + numberOf(kind, tenant) * 1000 + n;

/** The name of an object in GraphQL. */
export const gidOf = (type: string, id: number | string): string => `gid://shopify/${type}/${id}`;
