// What a service tells its subscribers when a grant ends: a signed message to an address of theirs.

import type { ActName } from './acts.ts';
import { hmacSha256 } from './digest.ts';
import { base64, hex } from './encoding.ts';
import type { JsonObject } from './http.ts';
import type { Randomness } from './randomness.ts';
import type { AccountIdentity } from './service.ts';

/** One message, sent by POST. */
export interface Webhook {
  /** The vendor's name of what happened, e.g. `app/uninstalled`. */
  readonly event: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The very bytes that were signed. */
  readonly body: string;
}

/** What a message may look at. */
export interface Happened {
  readonly act: ActName;
  readonly account: AccountIdentity;
  readonly clientId: string;
  /** What the account's grants hold. */
  readonly scopes: readonly string[];
  readonly nowMs: number;
  /** The value of the refresh token that was told the account last; null where none was. */
  readonly refreshToken: () => string | null;
  /** The secret shared with the subscriber, by which it checks signatures. */
  readonly secret: string;
  /** The service's own base URL. */
  readonly origin: string;
  readonly randomness: Randomness;
  /** A key that is different for each message. */
  readonly key: string;
}

/** A service's messages. */
export interface Webhooks {
  /** What the secret that is shared with subscribers begins with. */
  readonly secretPrefix?: string;
  /** Whose secret signs: one made for webhooks, or that of the client. */
  readonly signedWith?: 'client-secret';
  /** The message for an act; null where the service says nothing of it. */
  tell(happened: Happened): Webhook | null;
}

/** A message in JSON. */
export function message(
  event: string,
  content: JsonObject,
  headers: (body: string) => Readonly<Record<string, string>>,
): Webhook {
  const body = JSON.stringify(content);
  return { event, body, headers: { 'content-type': 'application/json', ...headers(body) } };
}

/** HMAC-SHA-256 of a text. */
export function hmac(secret: string, text: string, encoding: 'hex' | 'base64'): string {
  const digest = hmacSha256(secret, text);
  return encoding === 'hex' ? hex(digest) : base64(digest);
}

/** The same message from somebody who has no key: every signature in it is well formed, and wrong. */
export function forged({ event, headers, body }: Webhook): Webhook {
  const isToken = headers['content-type'] === 'application/secevent+jwt';
  const spoilt = Object.entries(headers).map(([name, value]) => [
    name,
    /signature|hmac/.test(name) ? reversed(value) : value,
  ]);
  return { event, headers: Object.fromEntries(spoilt), body: isToken ? reversed(body) : body };
}

// A signature stands at the end, in hexadecimal digits or base64.
const reversed = (text: string) =>
  text.replace(/[\w+/-]{32,}(?==*$)/, (signature) => [...signature].reverse().join(''));

/** Whole seconds since the epoch. */
export const seconds = (ms: number): number => Math.floor(ms / 1000);
