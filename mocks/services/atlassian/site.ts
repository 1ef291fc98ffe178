// The site that a path names: a grant sees its own, and no other.

import type { Call, Handled, Route } from '../../service.ts';

/** The path of a Jira route. */
export const jira = (path: string): string => `/ex/jira/{cloudId}/rest/api/3${path}`;

/** Lets a call through to the site of its grant. A site of others is told from one that does not exist. */
export function onSite(handle: (call: Call) => Handled): Route['handle'] {
  return (call) => {
    const { cloudId = '' } = call.params;
    if (call.data('sites').get(cloudId) !== null) return handle(call);
    return call.heldElsewhere('sites', cloudId)
      ? { refused: 'other-tenant' }
      : { refused: 'not-found', code: 'site' };
  };
}
