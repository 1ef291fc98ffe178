// The overnight job on the vendors' own packages, each used as its README shows.

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sheets } from '@googleapis/sheets';
import { Client } from '@hubspot/api-client';
import { Connection } from '@jsforce/jsforce-node';
import { OAuth2Client } from 'google-auth-library';

export default async function run(env) {
  const { job, start, until } = JSON.parse(readFileSync(env.HOUR4_WORLD, 'utf8'));

  const hubspot = new Client({
    accessToken: env.HUBSPOT_ACCESS_TOKEN,
    basePath: env.HUBSPOT_BASE_PATH,
    numberOfApiCallRetries: 3,
  });
  let hubspotRefreshToken = env.HUBSPOT_REFRESH_TOKEN;
  let hubspotExpiresAt = Date.parse(env.HUBSPOT_EXPIRES_AT) || Number.POSITIVE_INFINITY;

  // This client does not refresh by itself: it is done ahead of the stated end, and where that was not true, on a 401.
  async function withHubspot(work) {
    if (Date.now() >= hubspotExpiresAt - 60_000) await refreshHubspot();
    try {
      return await work();
    } catch (error) {
      if (error.code !== 401) throw error;
      await refreshHubspot();
      return work();
    }
  }

  async function refreshHubspot() {
    const tokens = await hubspot.oauth.tokensApi.create(
      'refresh_token',
      undefined,
      undefined,
      env.HUBSPOT_CLIENT_ID,
      env.HUBSPOT_CLIENT_SECRET,
      hubspotRefreshToken,
    );
    hubspot.setAccessToken(tokens.accessToken);
    hubspotRefreshToken = tokens.refreshToken ?? hubspotRefreshToken;
    // A lifetime that is missing, or no lifetime, states no end.
    hubspotExpiresAt = tokens.expiresIn > 0 ? Date.now() + tokens.expiresIn * 1000 : Number.POSITIVE_INFINITY;
  }

  const salesforce = new Connection({
    oauth2: {
      loginUrl: env.SALESFORCE_LOGIN_URL,
      clientId: env.SALESFORCE_CLIENT_ID,
      clientSecret: env.SALESFORCE_CLIENT_SECRET,
    },
    instanceUrl: env.SALESFORCE_INSTANCE_URL,
    accessToken: env.SALESFORCE_ACCESS_TOKEN,
    refreshToken: env.SALESFORCE_REFRESH_TOKEN,
    version: '60.0',
  });

  const auth = new OAuth2Client({
    clientId: env.GOOGLE_CLIENT_ID,
    clientSecret: env.GOOGLE_CLIENT_SECRET,
    endpoints: { oauth2TokenUrl: env.GOOGLE_TOKEN_URL },
  });
  auth.setCredentials({
    access_token: env.GOOGLE_ACCESS_TOKEN,
    refresh_token: env.GOOGLE_REFRESH_TOKEN,
    expiry_date: Date.parse(env.GOOGLE_EXPIRES_AT),
  });
  const google = sheets({ version: 'v4', auth, rootUrl: `${env.GOOGLE_ROOT_URL}/` });

  async function changedDeals(since) {
    const deals = [];
    let after;
    do {
      const search = {
        filterGroups: [
          { filters: [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: `${since}` }] },
        ],
        properties: ['dealname', 'amount', 'hs_lastmodifieddate', job.deals.linkProperty],
        limit: 100,
        after,
      };
      const page = await withHubspot(() => hubspot.crm.deals.searchApi.doSearch(search));
      deals.push(...page.results);
      after = page.paging?.next?.after;
    } while (after);
    return deals;
  }

  async function readAccounts(ids) {
    if (ids.length === 0) return new Map();
    const { object, fields } = job.enrich;
    const list = ids.map((id) => `'${id}'`).join(', ');
    const soql = `SELECT Id, ${fields.join(', ')} FROM ${object} WHERE Id IN (${list})`;
    const { records } = await salesforce.query(soql);
    return new Map(records.map((record) => [record.Id.slice(0, 15), record]));
  }

  async function appendRows(values) {
    await google.spreadsheets.values.append({
      spreadsheetId: job.sheet.spreadsheetId,
      range: job.sheet.range,
      valueInputOption: 'RAW',
      requestBody: { values },
    });
  }

  const written = new Set();

  async function sync(since) {
    const changed = await using(job.deals.account, changedDeals(since));
    const deals = changed.filter(({ id, properties }) => {
      return !written.has(`${id} ${properties.hs_lastmodifieddate}`);
    });
    const linked = deals.map(({ properties }) => properties[job.deals.linkProperty]).filter(Boolean);
    const accounts = await using(job.enrich.account, readAccounts([...new Set(linked)]));
    const values = deals.map(({ id, properties }) => {
      const accountId = properties[job.deals.linkProperty] ?? '';
      const account = accounts.get(accountId.slice(0, 15));
      return [
        ...[id, properties.dealname, properties.amount, properties.hs_lastmodifieddate, accountId],
        ...job.enrich.fields.map((field) => account?.[field] ?? ''),
      ];
    });
    if (values.length === 0) return;
    await using(job.sheet.account, appendRows(values));
    for (const [id, , , changedAt] of values) written.add(`${id} ${changedAt}`);
  }

  let since = Date.parse(start);
  let failure = null;
  for (let at = since + job.everyMs; at <= Date.parse(until); at += job.everyMs) {
    await sleep(Math.max(0, at - Date.now()));
    try {
      await sync(since);
      since = at;
      failure = null;
    } catch (error) {
      // The next round starts where the last good one ended.
      failure = { account: error.account, reason: error.message };
      console.error(`round of ${new Date(at).toISOString()} failed:`, failure);
    }
  }
  return {
    status: failure === null ? 'completed' : 'partial',
    counts: { rows: written.size },
    skipped: failure === null ? [] : [failure],
  };
}

// The packages' errors do not say whose call it was.
async function using(account, work) {
  try {
    return await work;
  } catch (error) {
    throw Object.assign(error, { account });
  }
}
