// Healthy in another style: one call after the other, tokens renewed by timers, rows only when they are whole, and
// dead accounts named as such instead of item by item.

import type { Claim } from '../../../harness/entry.ts';
import type { Account } from '../../../mocks/index.ts';
import { readWorld } from './world.ts';

const RENEW_AFTER = 0.8;
/** Where a service states no lifetime, its session is renewed as often as this. */
const RENEW_UNSTATED_MS = 50 * 60_000;

class GrantDead extends Error {
  readonly account: string;
  constructor(account: string, reason: string) {
    super(`${account} must be connected again: ${reason}`);
    this.account = account;
  }
}

/** Keeps the tokens of one account fresh by a timer, and makes its calls. */
class Session {
  readonly account: Account;
  #access: string;
  #refresh: string;
  #dead: GrantDead | null = null;
  #timer: NodeJS.Timeout | undefined;
  #renewal: Promise<void> | null = null;

  constructor(account: Account) {
    this.account = account;
    this.#access = account.accessToken;
    this.#refresh = account.refreshToken ?? '';
    this.#schedule(account.expiresAt === null ? null : Date.parse(account.expiresAt) - Date.now());
  }

  get dead(): GrantDead | null {
    return this.#dead;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    if (this.#renewal !== null) await this.#renewal;
    if (this.#dead !== null) throw this.#dead;
    let response = await this.#send(method, path, body);
    if (response.status === 401) {
      await this.renew();
      response = await this.#send(method, path, body);
    }
    if (!response.ok) throw new Error(`${this.account.id} answered ${response.status} to ${method} ${path}`);
    return (await response.json()) as Record<string, unknown>;
  }

  renew(): Promise<void> {
    this.#renewal ??= this.#exchange().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  #send(method: string, path: string, body?: object): Promise<Response> {
    const headers = { authorization: `Bearer ${this.#access}`, 'content-type': 'application/json' };
    return fetch(this.account.apiUrl + path, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async #exchange(): Promise<void> {
    const { id, tokenUrl, clientId, clientSecret } = this.account;
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: this.#refresh,
      client_id: clientId,
      client_secret: clientSecret ?? '',
    });
    const response = await fetch(tokenUrl, { method: 'POST', body });
    const answer = (await response.json()) as Record<string, string> & { expires_in?: number };
    if (!response.ok) {
      this.stop();
      this.#dead = new GrantDead(id, answer.error ?? `${response.status}`);
      console.warn(JSON.stringify({ level: 'error', message: this.#dead.message }));
      throw this.#dead;
    }
    this.#access = answer.access_token ?? '';
    this.#refresh = answer.refresh_token ?? this.#refresh;
    this.#schedule(answer.expires_in === undefined ? null : answer.expires_in * 1000);
  }

  #schedule(lifeMs: number | null): void {
    this.stop();
    const inMs = lifeMs === null ? RENEW_UNSTATED_MS : lifeMs * RENEW_AFTER;
    // A dead grant is remembered by the exchange; whoever calls next is told.
    this.#timer = setTimeout(() => void this.renew().catch(() => {}), Math.min(inMs, 2 ** 31 - 1));
  }
}

export default async (env: NodeJS.ProcessEnv): Promise<Claim> => {
  const { accounts, job, start, until } = readWorld(env);
  const sessions = new Map(accounts.map((account) => [account.id, new Session(account)]));
  const sessionOf = (id: string) => sessions.get(id) as Session;
  const [hubspot, salesforce, google] = [job.deals, job.enrich, job.sheet].map(({ account }) =>
    sessionOf(account),
  ) as [Session, Session, Session];
  const startMs = Date.parse(start);
  let rows = 0;

  const report = async (sinceMs: number) => {
    const filters = [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(sinceMs) }];
    const properties = ['dealname', 'amount', 'hs_lastmodifieddate', job.deals.linkProperty];
    const search = { filterGroups: [{ filters }], properties, limit: 100 };
    const { results } = (await hubspot.call('POST', '/crm/v3/objects/deals/search', search)) as {
      results: { id: string; properties: Record<string, string> }[];
    };
    for (const { id, properties: deal } of results) {
      const linked = deal[job.deals.linkProperty] ?? '';
      const company = await salesforce.call(
        'GET',
        `/services/data/v60.0/sobjects/${job.enrich.object}/${linked}`,
      );
      const cells = [id, deal.dealname, deal.amount, deal.hs_lastmodifieddate, linked];
      const range = `/v4/spreadsheets/${job.sheet.spreadsheetId}/values/${encodeURIComponent(job.sheet.range)}`;
      const values = [[...cells, ...job.enrich.fields.map((field) => company[field])]];
      await google.call('POST', `${range}:append?valueInputOption=RAW`, { values });
      rows++;
    }
  };

  for (let boundaryMs = startMs + job.everyMs; boundaryMs <= Date.parse(until); boundaryMs += job.everyMs) {
    await new Promise((wake) => setTimeout(wake, Math.max(0, boundaryMs - Date.now())));
    await report(boundaryMs - job.everyMs).catch((error) => {
      if (!(error instanceof GrantDead)) throw error;
    });
  }
  const dead = [...sessions.values()].flatMap((session) => (session.dead === null ? [] : [session.dead]));
  for (const session of sessions.values()) session.stop();
  const named = dead.map(({ account, message }) => ({ account, reason: message }));
  return {
    status: dead.length === 0 ? 'completed' : 'partial',
    counts: { rows },
    skipped: named,
    reauth: named,
  };
};
