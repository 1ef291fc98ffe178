// What every call of the API must carry beside the token: the version of the API that it was written for.

import type { Route } from '../../service.ts';

/** A version that the mock speaks; the answers are the same for all. */
export const VERSION = '2022-06-28';

/** A route whose handler is reached only by calls that name a version. */
export const versioned = (route: Route): Route => ({
  ...route,
  handle: (call) =>
    call.request.headers['notion-version'] === undefined
      ? { refused: 'missing-parameter' }
      : route.handle(call),
});
