// The Security Token Service: sessions for roles and for the IAM user, and who somebody is.

import type { Doubt } from '../../proof.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { queryAnswer } from './answers.ts';
import { issueForRole, issueForUser, roleOf } from './issue-session.ts';
import { type Caller, callerOf } from './proof.ts';
import { actionOf, fieldsOf, isAction, targetOf } from './protocol.ts';
import { roleRequestRefusal, type SessionLimits, STS_BUCKET, userRequestRefusal } from './session-limits.ts';
import { identityOf, sessionOf } from './sessions.ts';

const OPEN = { method: 'POST', path: '/', auth: 'none', needsOneOf: [], effect: 'write' } as const;
const MISSING_ACTION =
  'The request must contain the parameter Action: it is missing an action or a required parameter.';

/** The routes. */
export function stsRoutes(limits: SessionLimits): readonly Route[] {
  const identity = {
    ...OPEN,
    effect: 'read',
    when: isAction('GetCallerIdentity'),
    handle: getCallerIdentity,
  } as const;
  return [
    {
      id: 'sts.AssumeRole',
      ...OPEN,
      when: isAction('AssumeRole'),
      issuesFor: (request) => fieldsOf(request).RoleArn ?? null,
      handle: (call) => assumeRole(call, limits),
    },
    {
      id: 'sts.GetSessionToken',
      ...OPEN,
      when: isAction('GetSessionToken'),
      issuesFor: () => null,
      handle: getSessionToken,
    },
    { id: 'sts.GetCallerIdentity', ...identity },
    // As others verify who somebody is: by a request that was signed beforehand.
    { id: 'sts.GetCallerIdentity.presigned', ...identity, method: 'GET' },
    {
      id: 'query.nothing',
      ...OPEN,
      effect: 'read',
      when: (request) => actionOf(request) === null && targetOf(request) === null,
      handle: () => ({ refused: 'missing-parameter', detail: MISSING_ACTION }),
    },
  ];
}

// Every role trusts the IAM user, and the roles of its own account.
function assumeRole(call: Call, limits: SessionLimits): Handled {
  const caller = admitted(call);
  if ('refused' in caller) return caller;
  const fields = fieldsOf(call.request);
  const isRole = isRoleSession(call, caller);
  const wrong = roleRequestRefusal(fields, limits, isRole);
  if (wrong !== null) return wrong;
  const detail = identityOf(call, caller).arn;
  if (caller.kind === 'session' && caller.denied !== null) return { refused: caller.denied, detail };
  const role = roleOf(call, fields);
  if (role === null) return { refused: 'not-found', detail };
  if (isRole && identityOf(call, caller).account.tenant !== role.tenant)
    return { refused: 'other-tenant', detail };
  const issued = issueForRole(call, 'AssumeRole', role, fields, limits);
  return 'refused' in issued ? { ...issued, detail } : issued;
}

function getSessionToken(call: Call): Handled {
  const caller = admitted(call);
  if ('refused' in caller) return caller;
  if (caller.kind === 'session') return { refused: 'denied-by-policy' };
  return (
    userRequestRefusal(fieldsOf(call.request)) ??
    issueForUser(call, identityOf(call, caller).account, fieldsOf(call.request))
  );
}

// Needs no permission, so that no policy can deny it: a session that is denied everything still learns its name.
function getCallerIdentity(call: Call): Handled {
  const caller = admitted(call);
  if ('refused' in caller) return caller;
  const { account, arn, userId, number } = identityOf(call, caller);
  const result = { Arn: arn, UserId: userId, Account: number };
  return { answer: queryAnswer(call, 'sts', 'GetCallerIdentity', result), account };
}

/** Who signed a request, unless the AWS account of the signer has called too often. */
function admitted(call: Call): Caller | Doubt {
  const caller = callerOf(call, 'sts');
  if ('refused' in caller) return caller;
  const { tenant } = identityOf(call, caller).account;
  return call.spend(STS_BUCKET, 1, tenant).isPaid ? caller : { refused: 'rate-limited' };
}

const isRoleSession = (call: Call, caller: Caller) =>
  caller.kind === 'session' && sessionOf(call, caller).kind === 'role';
