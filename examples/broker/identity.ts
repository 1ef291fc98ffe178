// Who a token speaks for. An OpenID provider tells; of other services an account's owner has to be believed.

import type { Account } from './account.ts';
import type { Audit } from './audit.ts';
import { type Answer, send } from './request.ts';
import { Trouble } from './trouble.ts';

const DISCOVERY = '/.well-known/openid-configuration';

/** The subject that the provider knows the token's owner by; null where the service is no OpenID provider. */
export async function subjectOf(account: Account, audit: Audit): Promise<string | null> {
  if (!account.scopes.includes('openid')) return null;
  const ask = async (url: string, headers: Record<string, string>): Promise<Answer> => {
    const at = new Date().toISOString();
    const { host, pathname: path } = new URL(url);
    const answer = await send(url, { method: 'GET', headers });
    const status = answer?.status ?? null;
    audit.log({
      at,
      account: account.id,
      agent: null,
      task: 'who consented',
      host,
      method: 'GET',
      path,
      status,
    });
    if (answer === null || answer.status >= 500)
      throw new Trouble('UPSTREAM_UNAVAILABLE', `${account.service} does not tell who consented.`, {
        retryable: true,
      });
    return answer;
  };
  const discovered = await ask(`${account.apiUrl}${DISCOVERY}`, {});
  // Some sign people in, and publish their discovery document on another host than their API.
  if (discovered.status !== 200) return null;
  const { userinfo_endpoint: url } = discovered.body as { userinfo_endpoint: string };
  const told = await ask(url, { authorization: `Bearer ${account.accessToken}` });
  return (told.body as { sub?: string }).sub ?? null;
}
