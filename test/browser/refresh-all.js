// A refresh of every account by `fetch`, wherever this runs.

/** @typedef {import('../../mocks/index.ts').Account} Account */

/**
 * What the token endpoint of each account's service answers to a refresh.
 * @param {readonly Account[]} accounts
 * @returns {Promise<string[]>}
 */
export function refreshAll(accounts) {
  return Promise.all(
    accounts.map(async (account) => {
      const answer = await fetch(account.tokenUrl, requestOf(account));
      return `${account.id} ${answer.status} ${await answer.text()}`;
    }),
  );
}

/** @param {Account} account @returns {RequestInit} */
function requestOf({ refreshToken, clientId, clientSecret, tokenRequest }) {
  const fields = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken ?? '',
    client_id: clientId,
    client_secret: clientSecret ?? '',
  };
  const [type, body] =
    tokenRequest.encoding === 'json'
      ? ['application/json', JSON.stringify(fields)]
      : ['application/x-www-form-urlencoded', new URLSearchParams(fields).toString()];
  return { method: 'POST', headers: { 'content-type': type }, body };
}
