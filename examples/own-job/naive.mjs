// Moves old tickets from the CRM to the archive, two every five minutes, and meets a 401 as many programs do.

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const { job, start, until } = JSON.parse(readFileSync(process.env.HOUR4_WORLD ?? '', 'utf8'));

/** @param {string} service */
function connect(service) {
  const setting = (/** @type {string} */ name) => process.env[`HOUR4_${service.toUpperCase()}_${name}`] ?? '';
  let accessToken = setting('ACCESS_TOKEN');
  let refreshToken = setting('REFRESH_TOKEN');

  async function refresh() {
    const response = await fetch(setting('TOKEN_URL'), {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: setting('CLIENT_ID'),
        client_secret: setting('CLIENT_SECRET'),
      }),
    });
    /** @type {any} */
    const tokens = await response.json();
    accessToken = tokens.access_token;
    refreshToken = tokens.refresh_token;
  }

  /** @type {(method: string, path: string, body?: object) => Promise<any>} */
  return async (method, path, body) => {
    const response = await fetch(setting('API') + path, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
    if (response.status === 401) {
      await refresh(); // The next call will find a new token.
      return null;
    }
    return response.json();
  };
}

const crm = connect(job.from);
const archive = connect(job.to);
for (let at = Date.parse(start) + job.everyMs; at <= Date.parse(until); at += job.everyMs) {
  await sleep(at - Date.now());
  const { items } = (await crm('GET', '/v1/items')) ?? { items: [] };
  const open = items.filter((/** @type {any} */ ticket) => ticket.archived === 'no');
  for (const ticket of open.slice(0, job.batch)) {
    await archive('POST', '/v1/items', { ...ticket, archived: 'yes' });
    await crm('PATCH', `/v1/items/${ticket.id}`, { archived: 'yes' });
  }
}
console.log(JSON.stringify({ status: 'completed' }));
