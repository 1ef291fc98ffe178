// One call on behalf of an account: a refused token is replaced once, every other refusal is passed on as what it is.

import { request } from './request.mjs';
import { Refused } from './trouble.mjs';

/**
 * @param {import('./grant.mjs').Grant} grant
 * @param {string} path
 * @param {{ post?: object, repeatable?: boolean }} [options] A body to post, and whether posting it twice does no harm.
 * @returns {Promise<any>} The answer's body.
 */
export async function call(grant, path, { post, repeatable = true } = {}) {
  /** @param {string} token */
  const send = (token) =>
    request(
      grant.apiUrl() + path,
      {
        method: post ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: post ? JSON.stringify(post) : null,
      },
      { repeatable },
    );
  const token = await grant.accessToken();
  let answer = await send(token);
  if (isRefused(answer)) answer = await send(await grant.successorOf(token));
  if (answer.status < 300) return answer.body;
  const said = JSON.stringify(answer.body ?? '').slice(0, 300);
  throw new Refused(`${path.split('?')[0]} answered ${answer.status}: ${said}`);
}

/**
 * Some services send a dead session to their sign-in page.
 * @param {import('./request.mjs').Answer} answer
 */
const isRefused = ({ status }) => status === 401 || status === 302;
