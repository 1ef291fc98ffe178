// The three things this job asks of its services.

import { call } from './call.mjs';
import { world } from './world.mjs';

const { job } = world;
const IDS_PER_QUERY = 100;

/**
 * A deal as this job knows it.
 * @typedef {object} Deal
 * @property {string} id
 * @property {string} name
 * @property {string} amount
 * @property {string} changedAt As received.
 * @property {string} accountId Empty when the deal is linked to no account.
 */

/** @typedef {import('./grant.mjs').Grant} Grant */

/**
 * @param {Grant} hubspot
 * @param {number} sinceMs
 * @returns {Promise<Deal[]>} The deals that changed since then.
 */
export async function changedDeals(hubspot, sinceMs) {
  const value = new Date(sinceMs).toISOString();
  const search = {
    filterGroups: [{ filters: [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value }] }],
    sorts: [{ propertyName: 'hs_lastmodifieddate', direction: 'ASCENDING' }],
    properties: ['dealname', 'amount', 'hs_lastmodifieddate', job.deals.linkProperty],
    limit: 100,
  };
  const deals = [];
  /** @type {string | undefined} */
  let after;
  do {
    const page = await call(hubspot, '/crm/v3/objects/deals/search', { post: { ...search, after } });
    for (const { id, properties } of page.results) {
      deals.push({
        id,
        name: properties.dealname ?? '',
        amount: properties.amount ?? '',
        changedAt: properties.hs_lastmodifieddate,
        accountId: properties[job.deals.linkProperty] ?? '',
      });
    }
    after = page.paging?.next?.after;
  } while (after);
  return deals;
}

/**
 * @param {Grant} salesforce
 * @param {string[]} ids
 * @returns {Promise<(id: string) => string[]>} The wanted fields of an account, by its id.
 */
export async function readAccounts(salesforce, ids) {
  const { object, fields } = job.enrich;
  const found = new Map();
  for (let from = 0; from < ids.length; from += IDS_PER_QUERY) {
    const list = ids.slice(from, from + IDS_PER_QUERY).map((id) => `'${id}'`);
    const soql = `SELECT Id, ${fields.join(', ')} FROM ${object} WHERE Id IN (${list.join(', ')})`;
    const page = await call(salesforce, `/services/data/v60.0/query?q=${encodeURIComponent(soql)}`);
    for (const record of page.records) found.set(shortId(record.Id), record);
  }
  return (id) => fields.map((field) => found.get(shortId(id))?.[field] ?? '');
}

/** @param {string} id Ids come with 15 or 18 characters; the last three are a checksum. */
const shortId = (id) => id.slice(0, 15);

const sheet = `/v4/spreadsheets/${job.sheet.spreadsheetId}/values/${encodeURIComponent(job.sheet.range)}`;

/**
 * @param {Grant} google
 * @param {string[][]} rows
 */
export async function appendRows(google, rows) {
  // Sent twice, it would write twice: whoever gets no answer must look into the sheet.
  await call(google, `${sheet}:append?valueInputOption=RAW`, { post: { values: rows }, repeatable: false });
}

/**
 * @param {Grant} google
 * @returns {Promise<string[][]>} The rows below the header.
 */
export async function readRows(google) {
  const { values = [] } = await call(google, sheet);
  return values.slice(1);
}
