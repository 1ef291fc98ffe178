// What STS remembers of its sessions, and who stands behind a caller: a role under a name, or the IAM user.

import type { AccountIdentity, Call } from '../../service.ts';
import { accountNumberOf, roleArnOf, uniqueIdOf, userArnOf } from './ids.ts';
import type { Caller } from './proof.ts';

/** The name of a session that nobody named: the one that an account is given when it is connected. */
export const FIRST_NAME = 'hour4';
const COLLECTION = 'sts-sessions';

interface Session {
  /** The access key id. */
  readonly id: string;
  readonly kind: 'role' | 'user';
  readonly name: string;
}

/** Remembers a session that was just given. Calls without an account of their own share these books. */
export function keepSession({ data }: Call, session: Session): void {
  data(COLLECTION).put(session.id, { ...session });
}

/** What is remembered of a session. */
export function sessionOf({ data }: Call, { accessKeyId }: { readonly accessKeyId: string }): Session {
  const kept = data(COLLECTION).get(accessKeyId);
  return {
    id: accessKeyId,
    kind: kept?.kind === 'user' ? 'user' : 'role',
    name: typeof kept?.name === 'string' ? kept.name : FIRST_NAME,
  };
}

/** Who a caller is, in the words of AWS. */
export interface CallerIdentity {
  readonly account: AccountIdentity;
  readonly number: string;
  readonly arn: string;
  readonly userId: string;
}

/** Says who a caller is. The IAM user is at home in the AWS account that was connected first. */
export function identityOf(call: Call, caller: Caller): CallerIdentity {
  const [home = { id: '', tenant: '' }] = call.tokens.accounts();
  const account = caller.kind === 'session' ? caller.account : home;
  const number = accountNumberOf(account.tenant);
  const session = caller.kind === 'session' ? sessionOf(call, caller) : null;
  if (session?.kind === 'role') {
    const { name } = session;
    return { account, number, arn: roleSessionArn(account, name), userId: roleSessionId(account, name) };
  }
  const arn = userArnOf(account.tenant);
  return { account, number, arn, userId: uniqueIdOf('AIDA', arn) };
}

/** The name in full of a session of a role. */
export const roleSessionArn = ({ id, tenant }: AccountIdentity, name: string): string =>
  `arn:aws:sts::${accountNumberOf(tenant)}:assumed-role/${id}/${name}`;

/** The id of a session of a role. */
export const roleSessionId = (role: AccountIdentity, name: string): string =>
  `${uniqueIdOf('AROA', roleArnOf(role))}:${name}`;
