// The agent of the night measurement: 120 rounds of three calls; between the rounds it sleeps, or does not.

import { readFileSync } from 'node:fs';

const world = JSON.parse(readFileSync(process.env.HOUR4_WORLD, 'utf8'));
const [{ apiUrl, accessToken }] = world.accounts;
const headers = { authorization: `Bearer ${accessToken}` };
const startMs = Date.parse(world.start);
const sleeps = process.env.BENCH_SLEEPS === 'yes';

for (let round = 1; round <= 120; round++) {
  if (sleeps) await new Promise((resolve) => setTimeout(resolve, startMs + round * 180_000 - Date.now()));
  for (const path of ['/v1/me', '/v1/items', '/v1/items/item-1']) {
    const response = await fetch(apiUrl + path, { headers });
    await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
  }
}
