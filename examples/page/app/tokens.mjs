// The tokens, where every tab finds them, and the one way to new ones.
//
// They are kept in IndexedDB: in localStorage a tab can find what was there before another tab's last write, even while it
// holds a lock, for each process of a browser has a copy of its own.

const opened = new Promise((resolve, reject) => {
  const opening = indexedDB.open('notes', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('tokens');
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});

/** The tokens of an account; those of the sign-in until there are newer ones. */
export async function readTokens({ id, accessToken, refreshToken, expiresAt }) {
  const kept = await inStore('readonly', (store) => store.get(id));
  return kept ?? { accessToken, refreshToken, expiresAtMs: Date.parse(expiresAt) };
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
  await inStore('readwrite', (store) => store.put(tokens, id));
  return tokens;
}

// Done only once the transaction is: before, another tab would not find it.
async function inStore(mode, ask) {
  const transaction = (await opened).transaction('tokens', mode);
  const asked = ask(transaction.objectStore('tokens'));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error);
  });
}
