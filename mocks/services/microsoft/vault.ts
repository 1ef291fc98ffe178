// Key Vault, the second resource: what a token for Graph does not open, and the same refresh token does.

import { ACCESS_TOKEN_ENDED } from '../../causes.ts';
import { json } from '../../http.ts';
import type { Call, Handled, Route, WireRow } from '../../service.ts';
import { audienceOf, VAULT, VAULT_ACCESS } from './resources.ts';

const HOUR_MS = 3_600_000;
const SECRET = '/secrets/{name}';
const ROUTES = ['secrets.list', 'secrets.read'];
const SOURCE = 'learn.microsoft.com/azure/key-vault/general/rest-error-codes; the words are not confirmed';

/** The routes of the vault. */
export const VAULT_ROUTES: readonly Route[] = [
  {
    id: 'secrets.list',
    method: 'GET',
    path: '/secrets',
    needsOneOf: [VAULT_ACCESS],
    effect: 'read',
    handle: (call) =>
      forVault(call, () => {
        const secrets = call.data('secrets').list();
        const value = secrets.map(({ id = '', attributes = {} }) => ({
          id: idIn(call, String(id)),
          attributes,
        }));
        return { answer: json(200, { value, nextLink: null }) };
      }),
  },
  {
    id: 'secrets.read',
    method: 'GET',
    path: SECRET,
    needsOneOf: [VAULT_ACCESS],
    effect: 'read',
    handle: (call) =>
      forVault(call, () => {
        const name = call.params.name ?? '';
        const secret = call.data('secrets').get(name);
        if (secret !== null) return { answer: json(200, { ...secret, id: idIn(call, name) }) };
        return { refused: call.heldElsewhere('secrets', name) ? 'other-tenant' : 'not-found', detail: name };
      }),
  },
];

const at = { at: 'resource', routes: ROUTES, source: SOURCE, sureness: 'assumed' } as const;

/** What the vault says. */
export const VAULT_WIRE: readonly WireRow[] = [
  {
    id: 'vault-token-absent',
    ...at,
    causes: ['no-token'],
    produce: [{ call: '/secrets', as: 'nobody' }],
    answer: () => unauthorized('AKV10000: Request is missing a Bearer or PoP token.'),
  },
  {
    id: 'vault-token-invalid',
    ...at,
    causes: ['expired', 'unknown-token', ...ACCESS_TOKEN_ENDED],
    produce: [{ advanceMs: 28 * HOUR_MS }, { call: '/secrets' }],
    answer: ({ cause }) =>
      cause === 'expired'
        ? unauthorized("[TokenExpired] Error validating token: 'S2S12086'.")
        : unauthorized('AKV10046: Unable to resolve the key used for signature validation.'),
  },
  {
    id: 'vault-wrong-audience',
    ...at,
    causes: ['other-resource', 'scope-missing'],
    produce: [{ call: '/secrets' }],
    answer: ({ token }) =>
      unauthorized(
        `AKV10022: Invalid audience. Expected ${VAULT}, found: ${audienceOf(token?.scopes ?? [])}.`,
      ),
  },
  {
    id: 'vault-secret-not-found',
    ...at,
    causes: ['not-found', 'other-tenant'],
    produce: [{ refresh: 'current', scope: `${VAULT}/.default` }, { call: '/secrets/no-such-secret' }],
    answer: ({ detail }) =>
      json(404, {
        error: {
          code: 'SecretNotFound',
          message: `A secret with (name/id) ${detail} was not found in this key vault.`,
        },
      }),
  },
];

// The token of a consent may name scopes of both resources; it is for one of them.
const forVault = ({ scopes }: Call, handle: () => Handled): Handled =>
  audienceOf(scopes) === VAULT ? handle() : { refused: 'other-resource' };

const idIn = ({ origin }: Call, name: string) => `${origin}/secrets/${name}`;

const unauthorized = (message: string) =>
  json(
    401,
    { error: { code: 'Unauthorized', message } },
    {
      'www-authenticate': `Bearer authorization="https://login.microsoftonline.com/common", resource="${VAULT}"`,
    },
  );
