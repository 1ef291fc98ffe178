// Tries the client credentials once before any work is taken: a refresh token that nobody minted is refused for itself.

import { readFileSync } from 'node:fs';
import type { Account } from '../../../mocks/index.ts';
import { askForTokens, errorIn } from './token-endpoint.ts';

/** @throws Error where a token endpoint refuses the client */
export async function probeClients(env: NodeJS.ProcessEnv): Promise<void> {
  const { accounts } = JSON.parse(readFileSync(env.HOUR4_WORLD ?? '', 'utf8')) as { accounts: Account[] };
  const clients = new Map(accounts.map((account) => [`${account.tokenUrl} ${account.clientId}`, account]));
  for (const account of clients.values()) {
    if (errorIn(await askForTokens(account, 'probe')) === 'invalid_client')
      throw new Error(`the client ${account.clientId} is refused`);
  }
}
