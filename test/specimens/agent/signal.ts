// Tells whoever watches that an owner must consent anew.

import type { Account } from '../../../mocks/index.ts';
import type { World } from './world.ts';

/** Raises the event. */
export async function askForReauthorization(
  world: World,
  { id, service, reauthUrl }: Account,
): Promise<void> {
  const at = new Date().toISOString();
  const event = {
    type: 'reauth_required',
    account: id,
    service,
    reason: 'unknown',
    at,
    reauth_url: reauthUrl,
  };
  const headers = { 'content-type': 'application/json' };
  await fetch(world.eventsUrl, { method: 'POST', headers, body: JSON.stringify(event) });
}
