// Tells whoever watches over this job that an owner must give, or has given, a new consent.

import { request } from './request.mjs';
import { Unavailable } from './trouble.mjs';
import { world } from './world.mjs';

/**
 * @param {'reauth_required' | 'reauth_succeeded'} type
 * @param {import('./world.mjs').Account} account
 * @returns {Promise<boolean>} Whether it was heard.
 */
export async function announce(type, account) {
  const event = {
    type,
    account: account.id,
    tenant: account.tenant,
    service: account.service,
    // The services say the same words for a revoked, an expired and an evicted grant.
    reason: 'unknown',
    at: new Date().toISOString(),
    ...(type === 'reauth_required' && account.reauthUrl !== null ? { reauth_url: account.reauthUrl } : {}),
  };
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(event) };
  try {
    await request(world.eventsUrl, init, { repeatable: true });
    return true;
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.error(`${account.id}: ${type} was not heard: ${error.message}`);
    return false;
  }
}
