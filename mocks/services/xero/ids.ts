// The ids by which Xero knows organisations, users and documents; the same in every run.

import { once } from '../../once.ts';
import { seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

/** The id of a tenant's organisation, which every call of the accounting API must name in a header. */
export const tenantIdOf = (tenant: string): string => seededRandomness(tenant).uuid('xero organisation');

/** The id of the link between an organisation and the app. */
export const connectionIdOf = (tenant: string): string => seededRandomness(tenant).uuid('xero connection');

/** The user who gave an account its grant. */
export const userIdOf = once(({ id }: AccountIdentity): string => seededRandomness(id).uuid('xero user'));

/** The same user as tokens name their subject: without dashes. */
export const subjectOf = (account: AccountIdentity): string => userIdOf(account).replaceAll('-', '');

/** The id of an organisation's nth document of a kind; those of two organisations are apart. */
export const documentIdOf = (tenant: string, kind: string, n: number): string =>
  seededRandomness(tenant).uuid('xero', kind, n);
