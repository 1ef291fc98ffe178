// The session of a tab that forgets about the others: each of them refreshes when it finds the token expired.

import { readTokens, refresh } from './tokens.mjs';

const MARGIN_MS = 60_000;

export function session(account) {
  return {
    token: async (refused) => {
      const tokens = await readTokens(account);
      if (!refused && tokens.expiresAtMs - Date.now() > MARGIN_MS) return tokens.accessToken;
      return (await refresh(account, tokens))?.accessToken ?? null;
    },
  };
}
