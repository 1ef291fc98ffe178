// Where a call may carry its key: as a bearer token, or as the user name of Basic, as the curl examples have it.

import { authorizationScheme, basicUserName, firstOf } from '../../presented-token.ts';

/** The key that a call carries. */
export const readKey = firstOf(authorizationScheme('bearer'), basicUserName);
