// How a service wants to be shown a token: in the usual header, or in one of its own.

import type { Account } from '../../mocks/index.ts';

/** The header that carries the token. */
export function authorizationFor({ authorization }: Account, token: string): Record<string, string> {
  const [, name = 'authorization', value = authorization] = /^([\w-]+): (.*)$/.exec(authorization) ?? [];
  return { [name]: value.replace('{token}', token) };
}
