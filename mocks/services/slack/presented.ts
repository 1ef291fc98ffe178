// Where a call may carry its token: in the header, or as the argument `token` of a query or form.

import { authorizationScheme, field, firstOf } from '../../presented-token.ts';

/** The token that a call carries. */
export const readToken = firstOf(authorizationScheme('bearer'), field('token'));
