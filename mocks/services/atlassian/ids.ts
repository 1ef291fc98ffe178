// The ids by which Atlassian knows sites, users and issues; the same in every run.

import { once } from '../../once.ts';
import { seededRandomness } from '../../randomness.ts';
import type { AccountIdentity } from '../../service.ts';

const FIRST_ISSUE = 10_000;

/** The id of a tenant's site, which stands in every path of the product APIs. */
export const cloudIdOf = (tenant: string): string => seededRandomness(tenant).uuid('atlassian site');

/** The Atlassian account id of the user who gave an account its grant. */
export const userIdOf = once(
  ({ id }: AccountIdentity): string => `712020:${seededRandomness(id).uuid('atlassian user')}`,
);

/** The id of a site's nth issue. Sites count for themselves, so two of them have issues of the same id and key. */
export const issueIdOf = (n: number): string => String(FIRST_ISSUE + n);
