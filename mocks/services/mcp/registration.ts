// Dynamic client registration (RFC 7591): a client that nobody knew gets an id, and a secret if it can keep one.

import { type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route, WireRow } from '../../service.ts';
import { oauthError } from './answers.ts';

const PATH = '/register';
const AUTH_METHODS = ['none', 'client_secret_post', 'client_secret_basic'];

/** The route. */
export const REGISTER: Route = {
  id: 'client.register',
  method: 'POST',
  path: PATH,
  auth: 'none',
  needsOneOf: [],
  effect: 'write',
  handle: register,
};

function register({ request, tokens, randomness, nowMs, key }: Call): Handled {
  const asked = parseJsonObject(request.body);
  if (asked === null) return invalid('invalid_client_metadata', 'The metadata is not a JSON object.');
  const wrong = problemOf(asked);
  if (wrong !== null) return wrong;
  const { token_endpoint_auth_method: method = 'client_secret_basic' } = asked;
  const id = randomness.uuid('registered client', key);
  const secret = method === 'none' ? null : randomness.hex(64, 'registered secret', key);
  tokens.register({ id, secret });
  return {
    answer: json(
      201,
      {
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        ...asked,
        token_endpoint_auth_method: method,
        client_id: id,
        client_id_issued_at: Math.floor(nowMs / 1000),
        // 0 = the secret never expires.
        ...(secret === null ? {} : { client_secret: secret, client_secret_expires_at: 0 }),
      },
      { 'cache-control': 'no-store' },
    ),
  };
}

function problemOf({ redirect_uris: uris, token_endpoint_auth_method: method }: JsonObject): Handled | null {
  if (!Array.isArray(uris) || uris.length === 0 || !uris.every((uri) => URL.canParse(String(uri)))) {
    return invalid('invalid_redirect_uri', 'redirect_uris must hold at least one URI.');
  }
  return method === undefined || AUTH_METHODS.includes(String(method))
    ? null
    : invalid('invalid_client_metadata', 'This token_endpoint_auth_method is not supported.');
}

const invalid = (code: string, detail: string): Handled => ({ refused: 'bad-request', code, detail });

/** What a registration that cannot be accepted hears. */
export const REGISTRATION_REFUSED: WireRow = {
  id: 'registration-refused',
  at: 'resource',
  routes: [REGISTER.id],
  causes: ['bad-request'],
  produce: [{ call: PATH, method: 'POST', as: 'nobody', body: { client_name: 'nowhere to go back to' } }],
  source: 'RFC 7591 section 3.2.2',
  sureness: 'documented',
  answer: ({ code, detail }) => oauthError(400, code ?? 'invalid_client_metadata', detail ?? ''),
};
