// Healthy as teams end: calls go by an account's id through a broker, and the agent never holds a token.

import createBroker from '../broker/careful.ts';
import { Lost, Refused } from './habits.ts';
import { agent } from './overnight.ts';

// Within an agent no webhook reaches it, and it takes none.
const isForWebhooks = (name: string) => name.endsWith('_WEBHOOK_SECRET');
const starting = createBroker(
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForWebhooks(name))),
);

export default agent({ leave: async () => (await starting).close() }, (connection) => {
  const { account } = connection;
  const connected = starting.then((broker) => broker.connect(account));
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
