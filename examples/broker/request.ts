// One HTTP request that ends within a known time, over connections that are kept.

import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** How long an answer may take, body included. */
export const REQUEST_MS = 20_000;

/** The largest answer that is read. */
const BODY_BYTES = 10 * 2 ** 20;

const httpAgent = new HttpAgent({ keepAlive: true, proxyEnv: process.env });
const httpsAgent = new HttpsAgent({ keepAlive: true, proxyEnv: process.env });

/** An answer, its body read: parsed where it is JSON, else the text. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  /** The wait that it demands; null without one. */
  readonly retryAfterMs: number | null;
}

interface Outgoing {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/**
 * Sends a request; null when no whole answer came in time. Redirects are not followed: they would carry the token to a
 * place that it was not meant for.
 */
export function send(url: string, { method, headers, body = '' }: Outgoing): Promise<Answer | null> {
  const secure = url.startsWith('https:');
  return new Promise((resolve) => {
    const outgoing = (secure ? httpsRequest : httpRequest)(url, {
      method,
      agent: secure ? httpsAgent : httpAgent,
      headers: body === '' ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    const giveUp = () => {
      clearTimeout(timer);
      outgoing.destroy();
      resolve(null);
    };
    const timer = setTimeout(giveUp, REQUEST_MS);
    outgoing.on('error', giveUp);
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > BODY_BYTES) giveUp();
      });
      // An answer that breaks off closes without having ended.
      incoming.on('close', giveUp);
      incoming.on('end', () => {
        clearTimeout(timer);
        const { statusCode: status = 0, headers: received } = incoming;
        resolve({ status, headers: received, body: parsed(text), retryAfterMs: retryAfter(received) });
      });
    });
    outgoing.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

// Seconds or a date (RFC 9110 section 10.2.3).
function retryAfter({ 'retry-after': value }: IncomingHttpHeaders): number | null {
  if (value === undefined) return null;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
