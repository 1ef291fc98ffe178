// Sick: a refused call is answered with what the same call said last.

import { agent } from './overnight.ts';

const lastWords = new Map<string, string>();

export default agent({
  remember: (call, text) => lastWords.set(call, text),
  heal: async ({ call }) => Response.json(JSON.parse(lastWords.get(call) ?? '{}')),
});
