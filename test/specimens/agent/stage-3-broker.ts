// Healthy as teams end: calls go by an account's id through a broker, and the agent never holds a token.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import createBroker from '../broker/careful.ts';
import { Lost, Refused } from './habits.ts';
import { agent } from './overnight.ts';

// Within an agent no webhook reaches it, and it takes none.
const isForWebhooks = (name: string) => name.endsWith('_WEBHOOK_SECRET');
// What it keeps lies beside what the agent keeps, and is not mixed with it.
const own = join(process.env.HOUR4_STORE ?? '', 'broker');
mkdirSync(own, { recursive: true });
const starting = createBroker({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForWebhooks(name))),
  HOUR4_STORE: own,
});

export default agent({ leave: async () => (await starting).close() }, (connection, world) => {
  const { account } = connection;
  // Started again it holds younger tokens than those of the start, unless the owner has consented anew.
  const connected = starting.then(async (broker) => {
    const { status } = await broker.status(account.id);
    if (status === 'error' || world.reauthorized.includes(account.id)) await broker.connect(account);
  });
  return async (method, path, body, once) => {
    await connected;
    const answer = await (await starting).call(account.id, { method, path, body });
    if ('body' in answer) return answer.body;
    const { code, message } = answer.error;
    console.error(`${account.id}: ${code} ${message}`);
    if (code === 'REAUTH_REQUIRED') Object.assign(connection, { dead: message, asked: true });
    throw code === 'UPSTREAM_UNAVAILABLE' && once === 'once' ? new Lost(message) : new Refused(message);
  };
});
