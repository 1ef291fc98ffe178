// The tokens, where every tab finds them, and the one way to new ones.

/** The tokens of an account; those of the sign-in until there are newer ones. */
export function readTokens({ id, accessToken, refreshToken, expiresAt }) {
  const kept = localStorage.getItem(id);
  return kept === null ? { accessToken, refreshToken, expiresAtMs: Date.parse(expiresAt) } : JSON.parse(kept);
}

/** Asks for new tokens and keeps them; null when the session is over. */
export async function refresh({ id, tokenUrl, clientId, clientSecret }, { refreshToken }) {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  });
  const answer = await fetch(tokenUrl, { method: 'POST', body });
  if (!answer.ok) return null;
  const { access_token: accessToken, refresh_token: next, expires_in: seconds } = await answer.json();
  const tokens = {
    accessToken,
    refreshToken: next ?? refreshToken,
    expiresAtMs: Date.now() + seconds * 1000,
  };
  localStorage.setItem(id, JSON.stringify(tokens));
  return tokens;
}
