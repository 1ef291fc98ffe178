// A refresh request as bytes to send, with a place for the token: the same for the mock and for the bare server.

import type { Account } from '../mocks/index.ts';
import { signed } from '../mocks/services/aws/sign.ts';

/** A request in two texts; `{refresh_token}` in the body stands for the token. */
export interface RefreshRequest {
  /** Request line and headers, but for the length. */
  readonly head: string;
  readonly body: string;
}

/** The place of the token. */
export const PLACE = '{refresh_token}';

/** How an account comes to new tokens, as its service wants it. */
export const renewalOf = (account: Account): RefreshRequest =>
  account.refreshToken === null ? signedCallOf(account) : refreshRequestOf(account);

// The same call again and again: a signature holds for minutes.
function signedCallOf({ clientId, clientSecret, installation }: Account): RefreshRequest {
  const body = new URLSearchParams({
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: installation ?? '',
    RoleSessionName: 'bench',
  }).toString();
  const plain = {
    method: 'POST',
    host: 'sts.amazonaws.com',
    path: '/',
    query: {},
    headers: { host: 'sts.amazonaws.com', 'content-type': 'application/x-www-form-urlencoded' },
    body,
  };
  const by = { accessKeyId: clientId, secretAccessKey: clientSecret ?? '', sessionToken: null };
  const { headers } = signed(plain, by, Date.now());
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return { head: ['POST / HTTP/1.1', ...lines].join('\r\n'), body };
}

function refreshRequestOf(account: Account): RefreshRequest {
  const { tokenUrl, clientId, clientSecret, tokenRequest } = account;
  const { encoding, clientAuth } = tokenRequest;
  const fields = {
    grant_type: 'refresh_token',
    ...(clientAuth === 'basic' ? {} : { client_id: clientId }),
    ...(clientAuth === 'body' && clientSecret !== null ? { client_secret: clientSecret } : {}),
  };
  const type = encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  const basic = Buffer.from(`${clientId}:${clientSecret ?? ''}`).toString('base64');
  const headers = [
    'Host: 127.0.0.1',
    `Content-Type: ${type}`,
    'Accept: application/json',
    ...(clientAuth === 'basic' ? [`Authorization: Basic ${basic}`] : []),
  ];
  return {
    head: [`POST ${new URL(tokenUrl).pathname} HTTP/1.1`, ...headers].join('\r\n'),
    body:
      encoding === 'json'
        ? JSON.stringify({ ...fields, refresh_token: PLACE })
        : `${new URLSearchParams(fields)}&refresh_token=${PLACE}`,
  };
}
