// The tokens of one account: kept in the store, renewed ahead of their end, given up only on a clear word.

import { createHash } from 'node:crypto';
import { announce } from './reauth.mjs';
import { request } from './request.mjs';
import { singleFlight } from './single-flight.mjs';
import { load, save } from './store.mjs';
import { GrantEnded, Refused, Unavailable } from './trouble.mjs';
import { world } from './world.mjs';

// A token that would not live to see the next round is renewed in this one.
const AHEAD_MS = world.job.everyMs * 1.25;

const GRANT_IS_OVER = new Set([
  'invalid_grant',
  'access_denied',
  'unauthorized_client',
  'admin_policy_enforced',
  'inactive_user',
  'inactive_org',
]);
const CLIENT_IS_REFUSED = /client/;

/**
 * @typedef {object} Kept
 * @property {string} grant Which grant these tokens descend from.
 * @property {string} apiUrl
 * @property {string} accessToken
 * @property {string} refreshToken
 * @property {string | null} expiresAt RFC 3339; null where the service did not say.
 * @property {string | null} renewAt From when on a successor is fetched ahead.
 * @property {string | null} ended Why the grant is over; null while it lives.
 * @property {boolean} told Whether the owner has been asked for a new one.
 */

/**
 * @typedef {object} Grant
 * @property {() => Promise<string>} accessToken A token that lives long enough for a call.
 * @property {(refused: string) => Promise<string>} successorOf The token to use after this one was refused.
 * @property {() => string} apiUrl
 * @property {() => string | null} ended
 */

/**
 * @param {import('./world.mjs').Account} account
 * @returns {Promise<Grant>}
 */
export async function openGrant(account) {
  const file = `account-${account.id}.json`;
  /** @type {Kept | null} */
  const found = load(file);
  const grant = createHash('sha256').update(account.refreshToken).digest('hex');
  const renewedConsent = world.reauthorized.includes(account.id) && found?.grant !== grant;
  // What was kept is younger than what this run was started with, unless the owner has consented anew.
  let kept = found !== null && !renewedConsent ? found : firstTokens(account, grant);
  /** @param {Partial<Kept>} change */
  const keep = (change) => {
    kept = { ...kept, ...change };
    save(file, kept);
  };
  keep({});
  if (renewedConsent && found?.ended) await announce('reauth_succeeded', account);

  const ask = singleFlight(async () => {
    const told = await announce('reauth_required', account);
    keep({ told });
  });
  /** @param {string} why */
  const end = async (why) => {
    if (kept.ended === null) keep({ ended: why });
    if (!kept.told) await ask();
    return new GrantEnded(`${account.id} needs a new consent: ${kept.ended}`);
  };

  const renew = singleFlight(async () => {
    const { status, body } = await request(
      account.tokenUrl,
      {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: kept.refreshToken,
          client_id: account.clientId,
          client_secret: account.clientSecret,
        }),
      },
      { repeatable: true },
    );
    if (status === 200 && typeof body?.access_token === 'string') {
      keep({
        accessToken: body.access_token,
        refreshToken: body.refresh_token || kept.refreshToken,
        ...lifetime(endOf(body.expires_in)),
        apiUrl: body.instance_url ?? kept.apiUrl,
      });
      return;
    }
    const why = `${account.service} answered ${status} ${body?.error ?? ''} ${body?.error_description ?? ''}`;
    if (GRANT_IS_OVER.has(body?.error) || body?.status === 'BAD_REFRESH_TOKEN') throw await end(why.trim());
    if (CLIENT_IS_REFUSED.test(body?.error)) throw new Refused(`${account.id}: ${why.trim()}`);
    throw new Unavailable(`${account.id}: ${why.trim()}`);
  });

  /** @param {string | null} moment */
  const isPast = (moment) => moment !== null && Date.parse(moment) <= Date.now();

  return {
    async accessToken() {
      if (kept.ended !== null) throw await end(kept.ended);
      if (isPast(kept.renewAt)) {
        try {
          await renew();
        } catch (error) {
          if (!(error instanceof Unavailable) || isPast(kept.expiresAt)) throw error;
        }
      }
      return kept.accessToken;
    },
    async successorOf(refused) {
      if (kept.ended !== null) throw await end(kept.ended);
      if (kept.accessToken === refused) await renew();
      return kept.accessToken;
    },
    apiUrl: () => kept.apiUrl,
    ended: () => kept.ended,
  };
}

/**
 * @param {import('./world.mjs').Account} account
 * @param {string} grant
 * @returns {Kept}
 */
function firstTokens({ apiUrl, accessToken, refreshToken, expiresAt }, grant) {
  return { grant, apiUrl, accessToken, refreshToken, ...lifetime(expiresAt), ended: null, told: false };
}

/** @param {string | null} expiresAt */
function lifetime(expiresAt) {
  if (expiresAt === null) return { expiresAt, renewAt: null };
  const endMs = Date.parse(expiresAt);
  const aheadMs = Math.min(AHEAD_MS, (endMs - Date.now()) / 2);
  return { expiresAt, renewAt: new Date(endMs - aheadMs).toISOString() };
}

/**
 * @param {unknown} expiresIn Seconds: a number, or a number in a string; some services do not say.
 * @returns {string | null}
 */
function endOf(expiresIn) {
  const seconds = Number(expiresIn ?? Number.NaN);
  return seconds > 0 ? new Date(Date.now() + seconds * 1000).toISOString() : null;
}
