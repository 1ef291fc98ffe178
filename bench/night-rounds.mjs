// The agent of the night measurement: 120 rounds of three calls; between the rounds it sleeps, or does not.

import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';

/** @param {NodeJS.ProcessEnv} env */
export default async function night({ HOUR4_WORLD = '', BENCH_SLEEPS, BENCH_CLIENT }) {
  const world = JSON.parse(readFileSync(HOUR4_WORLD, 'utf8'));
  const [{ apiUrl, accessToken }] = world.accounts;
  const headers = { authorization: `Bearer ${accessToken}` };
  const startMs = Date.parse(world.start);
  const agent = new Agent({ keepAlive: true });
  const call = BENCH_CLIENT === 'fetch' ? callByFetch : callKept;
  for (let round = 1; round <= 120; round++) {
    if (BENCH_SLEEPS === 'yes')
      await new Promise((resolve) => setTimeout(resolve, startMs + round * 180_000 - Date.now()));
    for (const path of ['/v1/me', '/v1/items', '/v1/items/item-1']) {
      const status = await call(apiUrl + path, headers, agent);
      if (status !== 200) throw new Error(`${path}: ${status}`);
    }
  }
  agent.destroy();
}

/**
 * Over one connection that is kept all night.
 * @param {string} url @param {Record<string, string>} headers @param {Agent} agent
 * @returns {Promise<number | undefined>}
 */
function callKept(url, headers, agent) {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    }).once('error', reject);
  });
}

/**
 * By fetch, which closes a connection that was idle for four seconds.
 * @param {string} url @param {Record<string, string>} headers
 */
async function callByFetch(url, headers) {
  const response = await fetch(url, { headers });
  await response.text();
  return response.status;
}
