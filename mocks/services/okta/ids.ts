// The ids by which Okta knows users and groups; the same in every run.

import { seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

/** The nth user of a tenant; the first is the one who gave the grant. */
export const userIdOf = (tenant: string, n: number): string => idOf(tenant, '00u', n);

/** The nth group of a tenant. */
export const groupIdOf = (tenant: string, n: number): string => idOf(tenant, '00g', n);

/** The login of the user who gave an account its grant. */
export const loginOf = ({ tenant }: AccountIdentity): string => `integration@${tenant}.example`;

const idOf = (tenant: string, prefix: string, n: number) =>
  `${prefix}${seededRandomness(tenant).chars(17, 'okta', prefix, n)}`;
