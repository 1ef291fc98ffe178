// New sessions: minted by the engine, remembered by name, told as STS tells them.

import type { Doubt } from '../../proof.ts';
import type { AccountIdentity, Call, Handled } from '../../service.ts';
import { queryAnswer } from './answers.ts';
import { credentialsIn } from './credentials.ts';
import { roleArnOf } from './ids.ts';
import { type Asked, type SessionLimits, secondsAsked, USER_LIMITS } from './session-limits.ts';
import { keepSession, roleSessionArn, roleSessionId } from './sessions.ts';
import type { Content } from './xml.ts';

/** Gives a session of a role, in the answer to this action; `more` stands beside the credentials. */
export function issueForRole(
  call: Call,
  action: string,
  role: AccountIdentity,
  fields: Asked,
  limits: SessionLimits,
  more: Readonly<Record<string, string>> = {},
): Handled {
  const issued = issue(call, role, null, secondsAsked(fields, limits));
  if ('refused' in issued) return issued;
  const { RoleSessionName: name = '' } = fields;
  keepSession(call, { id: issued.accessKeyId, kind: 'role', name });
  const user = { AssumedRoleId: roleSessionId(role, name), Arn: roleSessionArn(role, name) };
  const result = { Credentials: issued.content, AssumedRoleUser: user, ...more };
  return { answer: queryAnswer(call, 'sts', action, result), account: role };
}

/** Gives a session of the IAM user, at home in this account. It may do what the user may: call STS. */
export function issueForUser(call: Call, home: AccountIdentity, fields: Asked): Handled {
  const issued = issue(call, home, [], secondsAsked(fields, USER_LIMITS));
  if ('refused' in issued) return issued;
  keepSession(call, { id: issued.accessKeyId, kind: 'user', name: '' });
  const answer = queryAnswer(call, 'sts', 'GetSessionToken', { Credentials: issued.content });
  return { answer, account: home };
}

/** The account whose role is asked for; null where there is none. */
export const roleOf = ({ tokens }: Call, { RoleArn }: Asked): AccountIdentity | null =>
  tokens.accounts().find((account) => roleArnOf(account) === RoleArn) ?? null;

/** A moment as AWS writes it, to the second; a session without an end lasts as long as can be written. */
export const instantOf = (ms: number | null): string =>
  ms === null ? '9999-12-31T23:59:59Z' : new Date(ms).toISOString().replace(/\.\d+/, '');

function issue(
  call: Call,
  account: AccountIdentity,
  scopes: readonly string[] | null,
  seconds: number,
): Doubt | { readonly accessKeyId: string; readonly content: Content } {
  const issued = call.tokens.issue(account, scopes, seconds * 1000);
  if ('refused' in issued) return issued;
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsIn(issued.access.value);
  return {
    accessKeyId,
    content: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken ?? '',
      Expiration: instantOf(issued.access.token.expiresAtMs),
    },
  };
}
