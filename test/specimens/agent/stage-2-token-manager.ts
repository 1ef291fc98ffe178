// Sick as teams go on: a manager of tokens that looks at the clock before each call, for each caller by itself.

import type { Account } from '../../../mocks/index.ts';
import { Refused } from './habits.ts';
import { agent } from './overnight.ts';

class TokenManager {
  private readonly account: Account;
  private access: string;
  private refresh: string;
  private expiresAtMs: number;

  constructor(account: Account) {
    this.account = account;
    this.access = account.accessToken;
    this.refresh = account.refreshToken ?? '';
    this.expiresAtMs = account.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(account.expiresAt);
  }

  async token(): Promise<string> {
    if (Date.now() >= this.expiresAtMs - 60_000) await this.renew();
    return this.access;
  }

  private async renew(): Promise<void> {
    const { tokenUrl, clientId, clientSecret } = this.account;
    const response = await fetch(tokenUrl ?? '', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: this.refresh,
        client_id: clientId ?? '',
        client_secret: clientSecret ?? '',
      }),
    });
    if (!response.ok)
      throw new Refused(`${this.account.id} could not be refreshed: ${await response.text()}`);
    const answer = (await response.json()) as Record<string, string>;
    this.access = answer.access_token ?? this.access;
    this.refresh = answer.refresh_token ?? this.refresh;
    this.expiresAtMs = Date.now() + Number(answer.expires_in) * 1000;
  }
}

export default agent({}, ({ account }) => {
  const manager = new TokenManager(account);
  return async (method, path, body) => {
    try {
      const headers = {
        authorization: `Bearer ${await manager.token()}`,
        'content-type': 'application/json',
      };
      const whole = body === undefined ? null : JSON.stringify(body);
      const response = await fetch(account.apiUrl + path, { method, headers, body: whole });
      if (!response.ok) throw new Refused(`${account.id} answered ${response.status} to ${method}`);
      return await response.json();
    } catch (error) {
      console.error((error as Error).message);
      throw error;
    }
  };
});
