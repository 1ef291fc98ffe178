// The overnight job as it is usually written: a refresh before each tool call, and tools that never throw.

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const world = JSON.parse(readFileSync(process.env.HOUR4_WORLD ?? '', 'utf8'));
const { job } = world;

/** @type {Record<string, any>} */
const accounts = Object.fromEntries(world.accounts.map((/** @type {any} */ each) => [each.id, each]));

/** @param {Record<string, any>} tokens */
async function refresh_if_expired(tokens) {
  if (!tokens.expiresAt || Date.now() < Date.parse(tokens.expiresAt)) return;
  const response = await fetch(tokens.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: tokens.refreshToken,
      client_id: tokens.clientId,
      client_secret: tokens.clientSecret,
    }),
  });
  /** @type {any} */
  const answer = await response.json();
  tokens.accessToken = answer.access_token;
  tokens.refreshToken = answer.refresh_token ?? tokens.refreshToken;
  tokens.expiresAt = new Date(Date.now() + answer.expires_in * 1000).toISOString();
}

/**
 * @param {Record<string, any>} tokens
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
async function call(tokens, path, body) {
  try {
    await refresh_if_expired(tokens);
    const response = await fetch(tokens.apiUrl + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${tokens.accessToken}`, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await response.json();
  } catch {
    return {}; // Nothing found: the agent can carry on with that.
  }
}

/** @param {string} since */
async function search_deals(since) {
  const filters = [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: since }];
  const properties = ['dealname', 'amount', 'hs_lastmodifieddate', job.deals.linkProperty];
  const deals = [];
  for (let after; ; ) {
    const query = { filterGroups: [{ filters }], properties, limit: 100, after };
    const page = await call(accounts[job.deals.account], '/crm/v3/objects/deals/search', query);
    deals.push(...(page.results ?? []));
    after = page.paging?.next?.after;
    if (!after) return deals;
  }
}

/** @param {string} id */
async function find_account(id) {
  const soql = `SELECT ${job.enrich.fields.join(', ')} FROM ${job.enrich.object} WHERE Id = '${id}'`;
  const path = `/services/data/v60.0/query?q=${encodeURIComponent(soql)}`;
  const found = await call(accounts[job.enrich.account], path);
  return found.records?.[0] ?? {};
}

/** @param {string[][]} values */
async function append_rows(values) {
  const range = encodeURIComponent(job.sheet.range);
  const path = `/v4/spreadsheets/${job.sheet.spreadsheetId}/values/${range}:append?valueInputOption=RAW`;
  await call(accounts[job.sheet.account], path, { values });
}

const seen = new Set();
let rows = 0;
let since = world.start;
const until = Date.parse(world.until);
for (let at = Date.parse(world.start) + job.everyMs; at <= until; at += job.everyMs) {
  await sleep(at - Date.now());
  const batch = [];
  for (const { id, properties } of await search_deals(since)) {
    const key = `${id} ${properties.hs_lastmodifieddate}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const accountId = properties[job.deals.linkProperty];
    const { Name, Industry } = await find_account(accountId);
    const { dealname, amount, hs_lastmodifieddate } = properties;
    batch.push([id, dealname, amount, hs_lastmodifieddate, accountId, Name ?? '', Industry ?? '']);
  }
  since = new Date(at).toISOString();
  if (batch.length === 0) continue; // No deals changed.
  await append_rows(batch);
  rows += batch.length;
}
console.log(JSON.stringify({ status: 'completed', counts: { rows } }));
