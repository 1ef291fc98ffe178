// Where calls carry their token: readers to put together, one for each of the places that services have chosen.

import { textFromBase64 } from './encoding.ts';
import { parseForm, type Request } from './http.ts';

/** Reads the token that a request carries; null where it carries none. */
export type TokenReader = (request: Request) => string | null;

/** The token behind one of these schemes of the Authorization header, in lower case (RFC 6750 section 2.1). */
export function authorizationScheme(...schemes: readonly string[]): TokenReader {
  return ({ headers }) => {
    const match = /^(\S+)\s+(\S+)\s*$/.exec(headers.authorization ?? '');
    const [, scheme = '', token = null] = match ?? [];
    return schemes.includes(scheme.toLowerCase()) ? token : null;
  };
}

/** The whole value of the Authorization header, where it names no scheme. */
export const bareAuthorization: TokenReader = ({ headers }) => {
  const value = headers.authorization?.trim() ?? '';
  return /^\S+$/.test(value) ? value : null;
};

/** The whole value of a header, its name in lower case: `x-api-key`, `x-shopify-access-token`. */
export function header(name: string): TokenReader {
  return ({ headers }) => nonEmpty(headers[name]?.trim());
}

/** The user name of `Authorization: Basic`, whatever the password says. */
export const basicUserName: TokenReader = (request) => {
  const encoded = authorizationScheme('basic')(request);
  if (encoded === null) return null;
  return nonEmpty(textFromBase64(encoded).split(':', 1)[0]);
};

/** A field of the query string or of a form body. */
export function field(name: string): TokenReader {
  return ({ query, headers, body }) => {
    const isForm = headers['content-type']?.includes('application/x-www-form-urlencoded') === true;
    return nonEmpty(query[name]) ?? (isForm ? nonEmpty(parseForm(body)[name]) : null);
  };
}

/** The first of these readers that finds a token. */
export function firstOf(...readers: readonly TokenReader[]): TokenReader {
  return (request) => {
    for (const read of readers) {
      const token = read(request);
      if (token !== null) return token;
    }
    return null;
  };
}

/** The reader for how subjects are told to carry the token: `Bearer {token}`, `{token}`, `X-Api-Key: {token}`. */
export function tokenReader(authorization: string): TokenReader {
  const [, name, scheme] = /^(?:([\w-]+): )?(?:([\w-]+) )?\{token\}$/.exec(authorization) ?? [];
  const place = (name ?? 'authorization').toLowerCase();
  if (scheme === undefined) return place === 'authorization' ? bareAuthorization : header(place);
  const read = authorizationScheme(scheme.toLowerCase());
  return (request) => read({ ...request, headers: { authorization: request.headers[place] ?? '' } });
}

/** Where nothing else is said: `Bearer`, or `OAuth` as older clients write it. */
export const bearer = authorizationScheme('bearer', 'oauth');

/** The token that a call of this service carries. */
export function presentedToken(
  service: { readonly presentedToken?: TokenReader },
  request: Request,
): string | null {
  return (service.presentedToken ?? bearer)(request);
}

const nonEmpty = (text: string | undefined) => (text === undefined || text === '' ? null : text);
