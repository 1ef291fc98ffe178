// The accounts of a run that brings none of its own: one at each service, all of one tenant.

/** The tenant. */
export const TENANT = 'acme';

/** The id of the account at a service. */
export const accountAt = (service: string): string => `${TENANT}-${service}`;
