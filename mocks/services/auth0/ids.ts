// The ids by which Auth0 knows users; the same in every run.

import { seededRandomness } from '../../randomness.ts';

/** The nth user of a tenant; the first is the one who gave the grant. */
export const userIdOf = (tenant: string, n: number): string =>
  `auth0|${seededRandomness(tenant).hex(24, 'auth0 user', n)}`;

/** The mail address of a user by name. */
export const emailOf = (tenant: string, name: string): string => `${name}@${tenant}.example`;
