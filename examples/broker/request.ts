// One HTTP request that ends within a known time.

/** How long an answer may take, body included. */
export const REQUEST_MS = 20_000;

/** An answer, its body read: parsed where it is JSON, else the text. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
  /** The wait that it demands; null without one. */
  readonly retryAfterMs: number | null;
}

/** Sends a request; null when no whole answer came in time. */
export async function send(
  url: string,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
): Promise<Answer | null> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), REQUEST_MS);
  try {
    // A redirect would carry the token to a place it was not meant for.
    const response = await fetch(url, { ...init, redirect: 'manual', signal: controller.signal });
    const text = await response.text();
    return {
      status: response.status,
      body: parsed(text),
      headers: response.headers,
      retryAfterMs: retryAfter(response.headers),
    };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// Seconds or a date (RFC 9110 section 10.2.3).
function retryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
