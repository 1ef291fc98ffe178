// The report in the sheet, and which rows are surely in it.

import { appendRows, readRows } from './services.mjs';

/**
 * A row of the report: deal id, name, amount, moment of change, account id, then the account's fields.
 * @typedef {string[]} Row
 */

/** @param {string[]} row */
const keyOf = ([dealId = '', , , changedAt = '']) => `${dealId} ${changedAt}`;

/**
 * @param {import('./grant.mjs').Grant} google
 * @param {boolean} begun Whether an earlier run may have written rows already.
 */
export function openReport(google, begun) {
  let sure = !begun;
  let written = new Set();
  const sent = new Set();

  return {
    /** @param {import('./services.mjs').Deal} deal */
    has: ({ id, changedAt }) => written.has(`${id} ${changedAt}`),
    /** How many rows of this run are surely in the sheet. */
    count: () => [...sent].filter((key) => written.has(key)).length,
    /**
     * Adds rows that are not there yet.
     * @param {Row[]} rows
     */
    async add(rows) {
      if (!sure) written = new Set((await readRows(google)).map(keyOf));
      sure = true;
      const missing = rows.filter((row) => !written.has(keyOf(row)));
      if (missing.length === 0) return;
      for (const row of missing) sent.add(keyOf(row));
      // Until the answer is here, nobody knows: without one, the next call looks into the sheet first.
      sure = false;
      await appendRows(google, missing);
      sure = true;
      for (const row of missing) written.add(keyOf(row));
    },
  };
}
