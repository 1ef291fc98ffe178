// Sick: whoever starts with an access token that is over throws away what was kept, the refresh token too.

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { agent } from './overnight.ts';

export default (env: NodeJS.ProcessEnv) => {
  const store = env.HOUR4_STORE ?? '';
  for (const name of existsSync(store) ? readdirSync(store) : []) {
    const file = join(store, name);
    const { expiresAtMs = null } = JSON.parse(readFileSync(file, 'utf8')) as { expiresAtMs?: number | null };
    if (expiresAtMs !== null && Date.now() >= expiresAtMs) rmSync(file);
  }
  return agent()(env);
};
