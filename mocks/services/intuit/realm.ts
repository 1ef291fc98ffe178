// The company that a path names: a grant opens its own, and no other.

import type { Call, Handled, Route } from '../../service.ts';
import { companyPath } from './ids.ts';

/** The path of a route of a company. */
export const inCompany = (path: string): string => `${companyPath('{realmId}')}${path}`;

/** Lets a call through to the company of its grant. */
export function ofRealm(handle: (call: Call) => Handled): Route['handle'] {
  return (call) =>
    call.data('realms').get(call.params.realmId ?? '') === null ? { refused: 'other-tenant' } : handle(call);
}
