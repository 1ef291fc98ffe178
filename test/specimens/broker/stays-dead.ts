// Sick of one thing: an account that it knows is not connected again, whoever has consented anew.

import type { Account } from '../../../mocks/index.ts';
import { broker } from './broker.ts';

const known = new Set<string>();

export default async (env: NodeJS.ProcessEnv) => {
  const made = await broker()(env);
  return {
    ...made,
    connect: async (account: Account) => {
      if (known.has(account.id)) return;
      known.add(account.id);
      await made.connect(account);
    },
  };
};
