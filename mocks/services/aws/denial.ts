// How AWS tells that a call is not allowed: who asked for what, and whether a policy forbids it or none allows it.

import type { Refused } from '../../service.ts';
import { accountNumberIn } from './ids.ts';
import { FIRST_NAME } from './sessions.ts';
import { readSignature } from './signature.ts';

/** The words of a denial. An explicit deny by the time of issue reads like any other: nothing in it says "expired". */
export function denial(refused: Refused): string {
  const { cause, route, code, detail } = refused;
  const needed = route?.needsOneOf[0] ?? (route?.id ?? 'this operation').replace('.', ':');
  const reason =
    cause === 'scope-missing'
      ? `because no identity-based policy allows the ${needed} action`
      : 'with an explicit deny in an identity-based policy';
  return `User: ${code === 'user' ? detail : roleOf(refused)} is not authorized to perform: ${needed} ${reason}`;
}

// A refusal knows the token and not its name: the session is the one that an account was connected with.
function roleOf({ token, request }: Refused): string {
  const role = token?.id.split('/')[0] ?? '';
  const number = accountNumberIn(readSignature(request)?.accessKeyId ?? '');
  return `arn:aws:sts::${number}:assumed-role/${role}/${FIRST_NAME}`;
}
