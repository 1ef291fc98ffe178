// The process in which modules live, one life after the other, as long as each leaves nothing behind.

import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { liveAsAgent } from './agent-life.ts';
import { liveAsBroker } from './broker-life.ts';
import { importAnew } from './fresh-modules.ts';
import type { LifeOrder, Order } from './warm.ts';

/** One kind of life: `subject` is what the module exports by default, `stop` aborts when it is told to end. */
export type Life = (subject: unknown, url: string, stop: AbortSignal) => Promise<void>;

const LIVES: Readonly<Record<LifeOrder['kind'], Life>> = { agent: liveAsAgent, broker: liveAsBroker };

let present = new AbortController();

async function live({ kind, url, cwd, env, end }: LifeOrder): Promise<void> {
  present = new AbortController();
  const { signal } = present;
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  const module = await importAnew(url);
  await LIVES[kind](module.default, url, signal);
  for (const stream of [1, 2]) writeSync(stream, `${end}\n`);
}

function obey(order: Order): void {
  if ('stop' in order) present.abort();
  else void live(order);
}

const orders = new Socket({ fd: 3, readable: true, writable: false });
createInterface({ input: orders }).on('line', (line) => obey(JSON.parse(line)));
