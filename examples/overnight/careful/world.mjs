// What this job is started with: the accounts, the job itself, and whether it was here before.

import { readFileSync } from 'node:fs';

/**
 * @typedef {object} Account
 * @property {string} id
 * @property {string} service
 * @property {string} tenant
 * @property {string} apiUrl
 * @property {string} tokenUrl
 * @property {string | null} reauthUrl
 * @property {string} clientId
 * @property {string} clientSecret
 * @property {string} accessToken
 * @property {string} refreshToken
 * @property {string | null} expiresAt RFC 3339; null where the service states no lifetime.
 */

/**
 * @typedef {object} World
 * @property {string} start RFC 3339.
 * @property {string} until RFC 3339.
 * @property {string} store
 * @property {string} eventsUrl
 * @property {boolean} resume
 * @property {string[]} reauthorized Accounts that carry a new grant.
 * @property {Account[]} accounts
 * @property {Job} job
 */

/**
 * @typedef {object} Job
 * @property {number} everyMs
 * @property {{ account: string, linkProperty: string }} deals
 * @property {{ account: string, object: string, fields: string[] }} enrich
 * @property {{ account: string, spreadsheetId: string, range: string, columns: string[] }} sheet
 */

/** @type {World} */
export const world = JSON.parse(readFileSync(process.env.HOUR4_WORLD ?? '', 'utf8'));
