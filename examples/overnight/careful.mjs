// The overnight job as it should be: nothing is lost in silence, nothing is written twice, and what it claims is so.

import { setTimeout as sleep } from 'node:timers/promises';
import { openGrant } from './careful/grant.mjs';
import { openReport } from './careful/report.mjs';
import { changedDeals, readAccounts } from './careful/services.mjs';
import { load, save } from './careful/store.mjs';
import { GrantEnded, Refused, Unavailable } from './careful/trouble.mjs';
import { world } from './careful/world.mjs';

const { job } = world;
const startMs = Date.parse(world.start);
const roundsUntil = (/** @type {number} */ ms) => Math.floor((ms - startMs) / job.everyMs);
const lastMs = startMs + roundsUntil(Date.parse(world.until)) * job.everyMs;

/** @param {string} id */
async function open(id) {
  const account = world.accounts.find((each) => each.id === id);
  if (account === undefined) throw new Error(`The job needs the account "${id}", which is not there.`);
  return { id, reauthUrl: account.reauthUrl, ...(await openGrant(account)) };
}
const hubspot = await open(job.deals.account);
const salesforce = await open(job.enrich.account);
const google = await open(job.sheet.account);
const accounts = [hubspot, salesforce, google];
const report = openReport(google, world.resume);

/**
 * A deal is pending from when its change is read until its row is surely in the sheet.
 * @type {{ readUntilMs: number, pending: import('./careful/services.mjs').Deal[] }}
 */
let progress = load('progress.json') ?? { readUntilMs: startMs, pending: [] };
/** @param {Partial<typeof progress>} change */
const proceed = (change) => {
  progress = { ...progress, ...change };
  save('progress.json', progress);
};

/** @type {Map<string, string>} What stands in the way, by account. */
const troubles = new Map();

/**
 * Tries work that needs one account. Trouble is noted, so that the rest goes on and the claim can name it.
 * @template T
 * @param {{ id: string }} account
 * @param {() => Promise<T>} work
 * @returns {Promise<T | null>}
 */
async function attempt(account, work) {
  try {
    const result = await work();
    troubles.delete(account.id);
    return result;
  } catch (error) {
    if (!(error instanceof Unavailable || error instanceof Refused || error instanceof GrantEnded))
      throw error;
    if (troubles.get(account.id) !== error.message) console.error(`${account.id}: ${error.message}`);
    troubles.set(account.id, error.message);
    return null;
  }
}

/** @param {number} boundaryMs */
async function readChanges(boundaryMs) {
  const deals = await changedDeals(hubspot, progress.readUntilMs);
  const isPending = (/** @type {typeof deals[0]} */ deal) =>
    progress.pending.some(({ id, changedAt }) => id === deal.id && changedAt === deal.changedAt);
  const fresh = deals.filter((deal) => !report.has(deal) && !isPending(deal));
  proceed({ readUntilMs: boundaryMs, pending: [...progress.pending, ...fresh] });
}

async function completeRows() {
  const linked = [...new Set(progress.pending.map((deal) => deal.accountId).filter((id) => id !== ''))];
  const fieldsOf = await attempt(salesforce, () => readAccounts(salesforce, linked));
  const unlinked = job.enrich.fields.map(() => '');
  return progress.pending
    .filter(({ accountId }) => accountId === '' || fieldsOf !== null)
    .map(({ id, name, amount, changedAt, accountId }) => [
      ...[id, name, amount, changedAt, accountId],
      ...(fieldsOf?.(accountId) ?? unlinked),
    ]);
}

/** @param {number} boundaryMs */
async function round(boundaryMs) {
  // Renewal comes before the work, so that no call waits for it; what fails here fails again where it is noted.
  await Promise.allSettled(accounts.map((account) => account.accessToken()));
  await attempt(hubspot, () => readChanges(boundaryMs));
  const rows = await completeRows();
  await attempt(google, () => report.add(rows));
  proceed({ pending: progress.pending.filter((deal) => !report.has(deal)) });
}

function claim() {
  const { readUntilMs, pending } = progress;
  const skipped = pending.map(({ id, accountId }) => {
    const account = accountId !== '' && troubles.has(salesforce.id) ? salesforce.id : google.id;
    return { account, item: id, reason: troubles.get(account) ?? 'its row was not written in time' };
  });
  const unread = {
    account: hubspot.id,
    reason: `changes after ${new Date(readUntilMs).toISOString()} were not read: ${troubles.get(hubspot.id)}`,
  };
  const missing = readUntilMs < lastMs ? [...skipped, unread] : skipped;
  const stopped = hubspot.ended() !== null;
  return {
    status: missing.length === 0 ? 'completed' : stopped ? 'paused' : 'partial',
    counts: { rows: report.count() },
    skipped: missing,
    reauth: accounts
      .filter((account) => account.ended() !== null)
      .map(({ id, ended, reauthUrl }) => ({ account: id, reason: ended(), reauth_url: reauthUrl })),
  };
}

// Started late, or again, it takes the boundaries that it missed in one round.
const firstMs = startMs + Math.max(1, roundsUntil(Date.now())) * job.everyMs;
for (let boundaryMs = Math.min(firstMs, lastMs); boundaryMs <= lastMs; boundaryMs += job.everyMs) {
  await sleep(Math.max(0, boundaryMs - Date.now()));
  await round(boundaryMs);
  if (hubspot.ended() !== null) break;
}
console.log(JSON.stringify(claim()));
