// The ids by which Intuit knows companies and what they hold; the same in every run.

import { seededRandomness } from '../../randomness.ts';

/** The id of a tenant's company (`realmId`), which stands in every path and is told on the redirect only. */
export const realmIdOf = (tenant: string): string =>
  `9130${String(Math.floor(seededRandomness(tenant).uniform('intuit realm') * 1e12)).padStart(12, '0')}`;

/** The path of a company's part of the API. */
export const companyPath = (realmId: string): string => `/v3/company/${realmId}`;
