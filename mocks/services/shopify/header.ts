// Where calls to the Admin API carry their token: in a header of Shopify's own, never in Authorization.

/** Its name, as requests are read: in lower case. */
export const TOKEN_HEADER = 'x-shopify-access-token';

/** How subjects are told of it. */
export const AUTHORIZATION = 'X-Shopify-Access-Token: {token}';
