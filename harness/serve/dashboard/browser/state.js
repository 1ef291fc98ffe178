// What `GET /_hour4/state` tells, as far as the page shows it.

/**
 * @typedef {object} Token
 * @property {string} id
 * @property {'access' | 'refresh'} kind
 * @property {boolean} live
 * @property {string} issuedAt
 * @property {string | null} expiresAt null = never
 * @property {string | null} endedBy why it is over before its time
 */

/**
 * @typedef {object} Account
 * @property {string} id
 * @property {string} service
 * @property {string} tenant
 * @property {readonly string[]} scopes
 * @property {readonly Token[]} tokens
 * @property {readonly { act: string, title: string }[]} acts
 */

/** @typedef {{ now: string, rate: number, nextDue: string | null }} Clock */
/** @typedef {{ id: string, applied: number }} Fault */
/** @typedef {{ id: string, holds: readonly string[] }} Gate */

/**
 * @typedef {object} State
 * @property {Clock} clock
 * @property {readonly { name: string, id: string, url: string }[]} services
 * @property {readonly Account[]} accounts
 * @property {readonly Fault[]} faults
 * @property {readonly Gate[]} gates
 * @property {{ entries: number }} ledger
 */

export {};
