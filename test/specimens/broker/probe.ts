// Tries the client credentials once before any work is taken: a refresh token that nobody minted is refused for itself.

import { readFileSync } from 'node:fs';
import type { Account } from '../../../mocks/index.ts';

/** @throws Error where a token endpoint refuses the client */
export async function probeClients(env: NodeJS.ProcessEnv): Promise<void> {
  const { accounts } = JSON.parse(readFileSync(env.HOUR4_WORLD ?? '', 'utf8')) as { accounts: Account[] };
  const clients = new Map(accounts.map((account) => [`${account.tokenUrl} ${account.clientId}`, account]));
  for (const { tokenUrl, clientId, clientSecret } of clients.values()) {
    const response = await fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: 'probe',
        client_id: clientId,
        client_secret: clientSecret ?? '',
      }),
    });
    const { error } = (await response.json()) as { error?: string };
    if (error === 'invalid_client') throw new Error(`the client ${clientId} is refused`);
  }
}
