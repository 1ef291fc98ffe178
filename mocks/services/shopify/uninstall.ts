// The call by which an app uninstalls itself from a shop: every token of it is dead from then on.

import { empty } from '../../http.ts';
import type { Route } from '../../service.ts';
import { TOKEN_HEADER } from './header.ts';

/** The route. */
export const UNINSTALL: Route = {
  id: 'app.uninstall',
  method: 'DELETE',
  path: '/admin/api_permissions/current.json',
  needsOneOf: [],
  effect: 'write',
  handle: ({ request, tokens, account }) => {
    tokens.revokeGrant(request.headers[TOKEN_HEADER] ?? '');
    return {
      answer: empty(200),
      writes: [{ place: `shops/${account.tenant}/app`, cells: { installed: 'false' } }],
    };
  },
};
