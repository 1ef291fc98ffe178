// Runs an agent that is a module, one life after the other, in a process that stays: each life has modules of its own.

import { writeSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { LifeOrder } from './warm.ts';

const require = createRequire(import.meta.url);
const OWN = new Set([import.meta.url]);
let lives = 0;

// What a subject keeps in its modules must not outlive it. What it installed is kept: that is what makes a start cheap.
registerHooks({
  resolve: (specifier, context, nextResolve) => {
    const found = nextResolve(specifier, context);
    const isKept =
      !found.url.startsWith('file:') || found.url.includes('/node_modules/') || OWN.has(found.url);
    if (isKept || found.format === 'commonjs' || found.format === 'commonjs-typescript') return found;
    return { ...found, url: `${found.url}${found.url.includes('?') ? '&' : '?'}life=${lives}` };
  },
});

async function live({ url, cwd, env, end }: LifeOrder): Promise<void> {
  lives += 1;
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  for (const file of Object.keys(require.cache))
    if (!file.includes('/node_modules/')) delete require.cache[file];
  const module = await import(url);
  if (typeof module.default !== 'function') {
    throw new Error(`${url} must export its agent by default: export default async (env) => claim`);
  }
  const claim: unknown = await module.default(process.env);
  // Straight to the descriptors: in order after whatever the agent has printed.
  writeSync(1, claim === undefined ? `${end}\n` : `${JSON.stringify(claim)}\n${end}\n`);
  writeSync(2, `${end}\n`);
}

const orders = new Socket({ fd: 3, readable: true, writable: false });
createInterface({ input: orders }).on('line', (line) => void live(JSON.parse(line)));
