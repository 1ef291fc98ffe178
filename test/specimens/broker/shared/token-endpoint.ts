// Asks a token endpoint. An answer that cannot be read is as good as none.

import type { TokenAnswer } from './habits.ts';
import type { Kept } from './store.ts';

/** Exchanges the refresh token that is kept. */
export async function askForTokens({ account, refresh }: Kept): Promise<TokenAnswer | null> {
  const { clientAuth, encoding } = account.tokenRequest;
  const secret = account.clientSecret ?? '';
  const fields = {
    grant_type: 'refresh_token',
    ...(refresh === undefined ? {} : { refresh_token: refresh }),
    ...(clientAuth === 'basic' ? {} : { client_id: account.clientId }),
    ...(clientAuth === 'body' ? { client_secret: secret } : {}),
  };
  const basic = Buffer.from(`${account.clientId}:${secret}`).toString('base64');
  try {
    const response = await fetch(account.tokenUrl, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
        ...(clientAuth === 'basic' ? { authorization: `Basic ${basic}` } : {}),
      },
      body: encoding === 'json' ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
    });
    const text = await response.text();
    const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1000;
    return { status: response.status, retryAfterMs, body: parsed(text) };
  } catch {
    return null;
  }
}

function parsed(text: string): TokenAnswer['body'] {
  try {
    return JSON.parse(text) as TokenAnswer['body'];
  } catch {
    return null;
  }
}
