// The shapes in which GitHub answers: OAuth's as a form unless JSON or XML is asked for, the API's errors as JSON.

import { type Answer, type Json, type JsonObject, json, type Request } from '../../http.ts';
import type { Refused } from '../../service.ts';

const DOCS = 'https://docs.github.com';
const TOKEN_ERRORS = 'apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors';
// The errors that are not explained under their own name.
const ELSEWHERE: Readonly<Record<string, string>> = {
  bad_refresh_token: `${TOKEN_ERRORS}/#bad-verification-code`,
  redirect_uri_mismatch:
    'apps/managing-oauth-apps/troubleshooting-authorization-request-errors/#redirect-uri-mismatch2',
};
const NO_STORE = { 'cache-control': 'max-age=0, private, must-revalidate' };

/** An answer of the token endpoint. Its errors have the status 200, too. */
export function oauthAnswer(request: Request, fields: Readonly<Record<string, string | number>>): Answer {
  const accept = request.headers.accept ?? '';
  if (accept.includes('json')) return json(200, fields, NO_STORE);
  const entries = Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
  if (accept.includes('xml')) {
    const elements = entries.map(([name, value]) => `<${name}>${escaped(value)}</${name}>`).join('');
    const body = `<?xml version="1.0" encoding="UTF-8"?><OAuth>${elements}</OAuth>`;
    return { status: 200, headers: { 'content-type': 'application/xml; charset=utf-8', ...NO_STORE }, body };
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...NO_STORE },
    body: new URLSearchParams(Object.fromEntries(entries)).toString(),
  };
}

/** A refusal of the token endpoint, with the page that explains it. */
export function oauthError({ request }: Refused, error: string, description: string): Answer {
  const help = ELSEWHERE[error] ?? `${TOKEN_ERRORS}/#${error.replaceAll('_', '-')}`;
  return oauthAnswer(request, { error, error_description: description, error_uri: `${DOCS}/${help}` });
}

/** A refusal of the API. GitHub states the status in the body, as a string. */
export function apiError(
  status: number,
  message: string,
  more: {
    readonly page?: string;
    readonly errors?: readonly Json[];
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Answer {
  const { page = 'rest', errors, headers } = more;
  const body: JsonObject = {
    message,
    ...(errors === undefined ? {} : { errors }),
    documentation_url: `${DOCS}/${page}`,
    status: String(status),
  };
  return json(status, body, headers);
}

/** A page for the person who is asked to connect. */
export function page(status: number, text: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!DOCTYPE html><title>${text}</title><h1>${text}</h1>`,
  };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
