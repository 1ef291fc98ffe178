// Who signed a request, and whether the signature is good.

import type { Request } from '../../http.ts';
import type { Doubt, ProofAsked } from '../../proof.ts';
import type { Refusal } from '../../refusals.ts';
import type { AccountIdentity } from '../../service.ts';
import type { TokenDesk } from '../../token-desk.ts';
import { credentialsOf, documentOf } from './credentials.ts';
import { userArnOf } from './ids.ts';
import { isBodyAsSaid, readSignature, type Signed, signatureFor } from './signature.ts';

const MOST_SKEW_MS = 15 * 60_000;

/** Who signed a request: the IAM user with its own key, or a session. */
export type Caller =
  | { readonly kind: 'user' }
  | {
      readonly kind: 'session';
      readonly accessKeyId: string;
      readonly account: AccountIdentity;
      /** Why policies deny everything to a session that is still good; null where they do not. */
      readonly denied: Refusal | null;
    };

/** The access token that a request was signed with, as `documentOf` writes it; null where nobody signed. */
export function presentedToken(request: Request): string | null {
  const signed = readSignature(request);
  return signed === null ? null : documentOf(signed.accessKeyId);
}

/** What is wrong with the signature of a call. The IAM user may call STS only: roles hold all other permissions. */
export function proofRefusal(asked: ProofAsked): Doubt | null {
  const signed = readSignature(asked.request);
  if (signed === null) return null;
  const doubt = doubtOf(signed, asked);
  if (doubt !== null) return doubt;
  if (asked.tokens.client(signed.accessKeyId) === null) return null;
  return { refused: 'scope-missing', code: 'user', detail: userArnOf(homeOf(asked.tokens)) };
}

/** Who signed a request to a route that takes sessions and the IAM user alike. */
export function callerOf(asked: Omit<ProofAsked, 'route'>, service: string): Caller | Doubt {
  const signed = readSignature(asked.request);
  if (signed === null) return { refused: 'no-token' };
  const doubt = doubtOf(signed, { ...asked, service });
  if (doubt !== null) return doubt;
  const { accessKeyId } = signed;
  if (asked.tokens.client(accessKeyId) !== null) return { kind: 'user' };
  const view = asked.tokens.find(documentOf(accessKeyId));
  if (view === null) return { refused: 'unknown-token' };
  const { refusal, account } = view;
  if (refusal === 'expired' || refusal === 'account-deleted') return { refused: refusal };
  return { kind: 'session', accessKeyId, account, denied: refusal };
}

/** The tenant in whose AWS account the IAM user is at home: that of the account that was connected first. */
export const homeOf = (tokens: TokenDesk): string => tokens.accounts()[0]?.tenant ?? '';

function doubtOf(
  signed: Signed,
  asked: {
    readonly request: Request;
    readonly nowMs: number;
    readonly tokens: TokenDesk;
    readonly route?: ProofAsked['route'];
    readonly service?: string;
  },
): Doubt | null {
  const { request, nowMs, tokens, route, service = route?.id.split('.')[0] } = asked;
  const secret = secretOf(signed, tokens);
  if ('refused' in secret) return secret;
  const late = lateness(signed, nowMs);
  if (late !== null) return late;
  if (service !== undefined && signed.service !== service) {
    const detail = `Credential should be scoped to correct service: '${service}'.`;
    return { refused: 'wrong-secret', detail };
  }
  if (!signed.scope.startsWith(signed.amzDate.slice(0, 8)))
    return {
      refused: 'wrong-secret',
      detail: 'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP',
    };
  const isGood = isBodyAsSaid(request) && signed.signature === signatureFor(request, signed, secret.is);
  return isGood ? null : { refused: 'wrong-secret' };
}

function secretOf({ accessKeyId, sessionToken }: Signed, tokens: TokenDesk): { readonly is: string } | Doubt {
  const client = tokens.client(accessKeyId);
  if (client !== null) return client.deleted ? { refused: 'client-deleted' } : { is: client.secret ?? '' };
  if (tokens.find(documentOf(accessKeyId)) === null) return { refused: 'unknown-token' };
  const credentials = credentialsOf(accessKeyId);
  return credentials.sessionToken === sessionToken
    ? { is: credentials.secretAccessKey }
    : { refused: 'unknown-token', code: 'session-token' };
}

function lateness({ atMs, ttlMs, amzDate }: Signed, nowMs: number): Doubt | null {
  if (atMs > nowMs + MOST_SKEW_MS) return { refused: 'assertion-from-future', detail: amzDate };
  const lastMs = atMs + (ttlMs ?? MOST_SKEW_MS);
  if (nowMs <= lastMs) return null;
  return { refused: 'assertion-expired', detail: amzDate, ...(ttlMs === null ? {} : { code: 'presigned' }) };
}
