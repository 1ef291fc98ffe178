// The session that all tabs share: whoever wants new tokens takes the lock, and looks first whether another tab was there.

import { readTokens, refresh } from './tokens.mjs';

const MARGIN_MS = 60_000;

export function session(account) {
  return {
    token: async (refused) => {
      const found = await readTokens(account);
      if (!refused && lives(found)) return found.accessToken;
      return navigator.locks.request(`refresh ${account.id}`, async () => {
        const tokens = await readTokens(account);
        if (tokens.accessToken !== found.accessToken && lives(tokens)) return tokens.accessToken;
        return (await refresh(account, tokens))?.accessToken ?? null;
      });
    },
  };
}

const lives = ({ expiresAtMs }) => expiresAtMs - Date.now() > MARGIN_MS;
