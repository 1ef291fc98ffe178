// The credential of the better tools: renewed into the store, where it wins over the variable that it was renewed from.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(process.env.HOUR4_STORE, 'credential.json');

/** The credential to use, with its end in epoch ms. */
export function credential() {
  const { TOOL_TOKEN, HOUR4_PLAIN_ACCESS_TOKEN, HOUR4_PLAIN_EXPIRES_AT, HOUR4_PLAIN_REFRESH_TOKEN } =
    process.env;
  const kept = stored();
  if (kept?.instead === TOOL_TOKEN) return kept;
  // The stated end belongs to the token beside it, and to no other that somebody may have set since.
  const endMs = TOOL_TOKEN === HOUR4_PLAIN_ACCESS_TOKEN ? Date.parse(HOUR4_PLAIN_EXPIRES_AT) : Infinity;
  return { token: TOOL_TOKEN, endMs, refreshToken: HOUR4_PLAIN_REFRESH_TOKEN };
}

/** Exchanges the refresh token and keeps what came of it; says whether the grant still stands. */
export async function renew() {
  const { HOUR4_PLAIN_TOKEN_URL, HOUR4_PLAIN_CLIENT_ID, HOUR4_PLAIN_CLIENT_SECRET, TOOL_TOKEN } = process.env;
  const before = credential();
  const response = await fetch(HOUR4_PLAIN_TOKEN_URL, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: before.refreshToken,
      client_id: HOUR4_PLAIN_CLIENT_ID,
      client_secret: HOUR4_PLAIN_CLIENT_SECRET,
    }),
  });
  if (!response.ok) return false;
  const { access_token, refresh_token, expires_in } = await response.json();
  const renewed = {
    instead: TOOL_TOKEN,
    token: access_token,
    endMs: Date.now() + expires_in * 1000,
    refreshToken: refresh_token ?? before.refreshToken,
  };
  writeFileSync(FILE, JSON.stringify(renewed), { mode: 0o600 });
  return true;
}

function stored() {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    return null;
  }
}
