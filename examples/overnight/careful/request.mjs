// HTTP with patience: what passes by itself is waited out, within bounds.

import { setTimeout as sleep } from 'node:timers/promises';
import { fetch } from './fetch.mjs';
import { Unavailable } from './trouble.mjs';

const ATTEMPTS = 5;
const TIMEOUT_MS = 30_000;
const FIRST_WAIT_MS = 1000;

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {any} body
 */

/**
 * Sends a request until it gets an answer that will not change by asking again.
 * @param {string} url
 * @param {RequestInit} init
 * @param {{ repeatable: boolean }} options Whether sending it twice does no more than sending it once.
 * @returns {Promise<Answer>}
 * @throws {Unavailable}
 */
export async function request(url, init, { repeatable }) {
  for (let attempt = 1; ; attempt++) {
    const { answer, trouble, done, retryAfterMs } = await send(url, init);
    if (answer) return answer;
    // Only a rate limit says for sure that nothing was done.
    const mayRepeat = repeatable || done === 'nothing';
    if (!mayRepeat || attempt === ATTEMPTS) throw new Unavailable(`${new URL(url).pathname} ${trouble}`);
    const backoffMs = FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
    await sleep(retryAfterMs ?? backoffMs);
  }
}

/**
 * @param {string} url
 * @param {RequestInit} init
 * @returns {Promise<{ answer?: Answer, trouble?: string, done?: 'nothing' | 'unknown', retryAfterMs?: number | null }>}
 */
async function send(url, init) {
  try {
    // A redirect would carry the token to a place that it was not meant for.
    const whole = {
      ...init,
      redirect: /** @type {const} */ ('manual'),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    const response = await fetch(url, whole);
    const text = await response.text();
    const { status } = response;
    if (status === 429 || status >= 500) {
      const retryAfterMs = waitOf(response.headers.get('retry-after'));
      return { trouble: `answered ${status}`, done: status === 429 ? 'nothing' : 'unknown', retryAfterMs };
    }
    return { answer: { status, body: bodyOf(text, status) } };
  } catch (error) {
    // No connection, no answer in time, or an answer that is not the service's own: a proxy's page, half a body.
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    return { trouble: `failed: ${cause instanceof Error ? cause.message : message}`, done: 'unknown' };
  }
}

/**
 * @param {string} text
 * @param {number} status
 */
function bodyOf(text, status) {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    // A refusal may come in plain words; a success may not.
    if (status >= 300) return text;
    throw error;
  }
}

/**
 * @param {string | null} retryAfter Seconds, or a date.
 * @returns {number | null}
 */
function waitOf(retryAfter) {
  if (retryAfter === null) return null;
  const seconds = Number(retryAfter);
  const waitMs = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000;
  return Number.isNaN(waitMs) ? null : Math.max(0, waitMs);
}
