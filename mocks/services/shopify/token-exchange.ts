// Token exchange (RFC 8693 in Shopify's way): a session token for an offline or an online token, without the merchant.

import type { ExtensionGrant } from '../../service.ts';
import { ONLINE } from './online-token.ts';
import { readSessionToken } from './session-token.ts';
import { shopDomainOf, userIdOf } from './shop.ts';

/** The grant type. */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const OFFLINE = 'urn:shopify:params:oauth:token-type:offline-access-token';
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token';

/** The grant: the session token says for which shop, and who of it asks. */
export const exchangeToken: ExtensionGrant = ({ request, fields, nowMs, tokens }) => {
  const refused = tokens.refusalOfClient(request);
  if (refused !== null) return { refused };
  const { subject_token: subject, subject_token_type: type, client_id: clientId = '' } = fields;
  const { requested_token_type: requested = OFFLINE } = fields;
  if (subject === undefined) return { refused: 'missing-parameter', detail: 'subject_token' };
  if (type !== ID_TOKEN) return { refused: 'missing-parameter', detail: 'subject_token_type' };
  if (requested !== OFFLINE && requested !== ONLINE)
    return { refused: 'missing-parameter', detail: 'requested_token_type' };
  const claims = readSessionToken(subject, tokens.client(clientId)?.secret ?? '');
  if (claims === null || claims.aud !== clientId) return { refused: 'assertion-invalid' };
  const nowS = nowMs / 1000;
  if (Number(claims.exp) <= nowS) return { refused: 'assertion-expired' };
  if (Number(claims.nbf) > nowS) return { refused: 'assertion-from-future' };
  const ofShop = tokens.accounts().filter(({ tenant }) => claims.dest === `https://${shopDomainOf(tenant)}`);
  const account = ofShop.find((candidate) => userIdOf(candidate) === claims.sub) ?? ofShop[0];
  if (account === undefined) return { refused: 'assertion-invalid' };
  return requested === ONLINE ? { account, scopes: null } : { account, scopes: null, offline: true };
};
