// Moves old tickets from the CRM to the archive, two every five minutes, and loses none of them to a 401.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const world = JSON.parse(readFileSync(process.env.HOUR4_WORLD ?? '', 'utf8'));
const { job } = world;

/** @param {string} service */
function connect(service) {
  const setting = (/** @type {string} */ name) => process.env[`HOUR4_${service.toUpperCase()}_${name}`] ?? '';
  const account = setting('ACCOUNT');
  const file = join(world.store, `${service}.json`);
  const kept = load(file);
  // What was kept is younger than what this run was started with, unless the owner has consented anew.
  const isNewGrant = world.reauthorized.includes(account) && kept?.grant !== setting('REFRESH_TOKEN');
  let tokens = (isNewGrant ? null : kept) ?? {
    grant: setting('REFRESH_TOKEN'),
    access: setting('ACCESS_TOKEN'),
    refresh: setting('REFRESH_TOKEN'),
    endsAt: setting('EXPIRES_AT'),
    over: false,
    told: false,
  };
  /** @param {object} change */
  const keep = (change) => {
    tokens = { ...tokens, ...change };
    save(file, tokens);
  };

  async function refresh() {
    const { status, body } = await ask(setting('TOKEN_URL'), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: tokens.refresh,
        client_id: setting('CLIENT_ID'),
        client_secret: setting('CLIENT_SECRET'),
      }),
    });
    if (status === 200) {
      const endsAt = new Date(Date.now() + body.expires_in * 1000).toISOString();
      // Kept before it is used: the old refresh token is spent already.
      keep({ access: body.access_token, refresh: body.refresh_token ?? tokens.refresh, endsAt });
      return;
    }
    if (body?.error !== 'invalid_grant')
      throw new Error(`${account}: no new token: ${status} ${body?.error}`);
    console.error(`${account}: the grant is over: ${body.error_description}`);
    keep({ over: true });
    throw await isOver();
  }

  async function isOver() {
    if (!tokens.told) {
      const at = new Date().toISOString();
      const event = { type: 'reauth_required', account, service, reason: 'unknown', at };
      const headers = { 'content-type': 'application/json' };
      const { status } = await ask(world.eventsUrl, { method: 'POST', headers, body: JSON.stringify(event) });
      keep({ told: status < 400 });
    }
    return new Error(`${account} needs a new consent.`);
  }

  /** @type {(method: string, path: string, body?: object) => Promise<{ status: number, body: any }>} */
  const call = async (method, path, body) => {
    if (tokens.over) throw await isOver();
    if (Date.parse(tokens.endsAt) - Date.now() < job.everyMs) await refresh();
    const send = () =>
      ask(setting('API') + path, {
        method,
        headers: { authorization: `Bearer ${tokens.access}`, 'content-type': 'application/json' },
        body: body ? JSON.stringify(body) : null,
      });
    let answer = await send();
    if (answer.status === 401) {
      await refresh();
      answer = await send();
    }
    if (answer.status >= 400 && answer.status !== 404) {
      throw new Error(`${account}: ${method} ${path} answered ${answer.status}`);
    }
    return answer;
  };
  return { account, call, isOver: () => tokens.over };
}

/**
 * @param {string} url
 * @param {RequestInit} init
 * @returns {Promise<{ status: number, body: any }>} Any answer but those that pass by themselves.
 */
async function ask(url, init) {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
    const { status } = response;
    const text = await response.text();
    if (status !== 429 && status < 500) return { status, body: text === '' ? null : JSON.parse(text) };
    if (attempt === 4) throw new Error(`${new URL(url).pathname} answered ${status}, four times in a row`);
    const waitS = Number(response.headers.get('retry-after')) || 2 ** attempt;
    await sleep(waitS * 1000);
  }
}

/** @param {string} file */
const load = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/** @param {string} file @param {object} value */
function save(file, value) {
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const crm = connect(job.from);
const archive = connect(job.to);

/** @param {number} round From 1; what earlier rounds could not move is due again. */
async function dueTickets(round) {
  const { items } = (await crm.call('GET', '/v1/items')).body;
  const open = items.filter((/** @type {any} */ ticket) => ticket.archived === 'no');
  const moved = items.length - open.length;
  return open.slice(0, Math.max(0, round * job.batch - moved));
}

/** @param {{ id: string }} ticket */
async function move(ticket) {
  // Whether an earlier try came through, only the archive knows.
  const { status } = await archive.call('GET', `/v1/items/${ticket.id}`);
  if (status === 404) await archive.call('POST', '/v1/items', { ...ticket, archived: 'yes' });
  await crm.call('PATCH', `/v1/items/${ticket.id}`, { archived: 'yes' });
}

/**
 * @param {number} round
 * @returns {Promise<object[]>} What was due and is not moved.
 */
async function work(round) {
  try {
    const skipped = [];
    for (const ticket of await dueTickets(round)) {
      await move(ticket).catch((error) => skipped.push({ item: ticket.id, reason: error.message }));
    }
    return skipped;
  } catch (error) {
    return [{ account: crm.account, reason: error instanceof Error ? error.message : 'unknown' }];
  }
}

const startMs = Date.parse(world.start);
const rounds = Math.floor((Date.parse(world.until) - startMs) / job.everyMs);
/** @type {object[]} */
let skipped = [];
// Started late, or again, it catches up in one round.
const first = Math.max(1, Math.floor((Date.now() - startMs) / job.everyMs));
for (let round = Math.min(first, rounds); round <= rounds; round++) {
  await sleep(Math.max(0, startMs + round * job.everyMs - Date.now()));
  const before = JSON.stringify(skipped);
  skipped = await work(round);
  if (skipped.length > 0 && JSON.stringify(skipped) !== before) console.error(JSON.stringify(skipped));
}
const reauth = [crm, archive]
  .filter((each) => each.isOver())
  .map(({ account }) => ({ account, reason: 'unknown' }));
console.log(JSON.stringify({ status: skipped.length === 0 ? 'completed' : 'partial', skipped, reauth }));
