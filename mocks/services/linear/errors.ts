// A refusal as Linear's GraphQL words it: a message for people, and extensions for programs.

import type { JsonObject } from '../../http.ts';
import type { Refusal } from '../../refusals.ts';

/** The error for a refusal. `detail` is what the resolver said: a scope, a type, or a sentence. */
export function graphqlError(cause: Refusal, detail: string | null): JsonObject {
  switch (cause) {
    case 'scope-missing':
      return error(`Invalid scope: \`${detail ?? 'read'}\` required`, 'forbidden', 'FORBIDDEN', 403, null);
    case 'not-found':
    case 'other-tenant': {
      const type = detail ?? 'Entity';
      const said = `Could not find referenced ${type}.`;
      return error(`Entity not found: ${type}`, 'invalid input', 'INPUT_ERROR', 400, said);
    }
    case 'bad-request':
      return error(detail ?? 'Argument Validation Error', 'invalid input', 'INVALID_INPUT', 400, detail);
    case 'rate-limited': {
      const said = 'Too many requests. Please try again later.';
      return error('Rate limit exceeded', 'ratelimited', 'RATELIMITED', 429, said);
    }
    case 'denied-by-policy':
    case 'ip-restricted':
    case 'session-policy':
    case 'api-disabled':
    case 'org-without-api':
    case 'service-restricted':
      return error('Access denied', 'forbidden', 'FORBIDDEN', 403, "You don't have permission to do this.");
    default: {
      const said = 'You need to authenticate to access this operation.';
      const message = 'Authentication required, not authenticated';
      return error(message, 'authentication error', 'AUTHENTICATION_ERROR', 401, said);
    }
  }
}

const error = (
  message: string,
  type: string,
  code: string,
  statusCode: number,
  userPresentableMessage: string | null,
): JsonObject => ({
  message,
  extensions: {
    type,
    code,
    statusCode,
    userError: true,
    ...(userPresentableMessage === null ? {} : { userPresentableMessage }),
  },
});
