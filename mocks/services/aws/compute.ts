// EC2, Lambda and IAM: machines by the EC2 protocol, functions by REST and JSON, roles by the Query protocol.

import type { JsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { ec2Answer, queryAnswer, restAnswer } from './answers.ts';
import { accountNumberOf, roleArnOf, USER_NAME, uniqueIdOf, userArnOf } from './ids.ts';
import { fieldsOf, isAction } from './protocol.ts';

const INSTANCES = 'ec2-instances';
const FUNCTIONS = 'lambda-functions';
const FUNCTION = '/2015-03-31/functions/{name}';
const NO_ROLE_NAME =
  "1 validation error detected: Value null at 'roleName' failed to satisfy constraint: Member must not be null";
const SINCE = '2026-01-05T09:00:00Z';

/** The routes, for roles of which a session lasts so long at most. */
export function computeRoutes(maxSessionSeconds: number): readonly Route[] {
  return [
    action('ec2', 'DescribeInstances', 'read', describeInstances),
    action('ec2', 'StopInstances', 'write', (call) => changeInstances(call, 'StopInstances', 'stopped', 80)),
    action('ec2', 'TerminateInstances', 'write', (call) =>
      changeInstances(call, 'TerminateInstances', 'terminated', 48),
    ),
    action('iam', 'GetRole', 'read', (call) => getRole(call, maxSessionSeconds)),
    action('iam', 'ListUsers', 'read', listUsers),
    {
      id: 'lambda.GetFunction',
      method: 'GET',
      path: FUNCTION,
      needsOneOf: ['lambda:GetFunction'],
      effect: 'read',
      handle: (call) =>
        withFunction(call, (one) => ({ answer: restAnswer(call, 200, { Configuration: one }) })),
    },
    {
      id: 'lambda.DeleteFunction',
      method: 'DELETE',
      path: FUNCTION,
      needsOneOf: ['lambda:DeleteFunction'],
      effect: 'write',
      handle: (call) =>
        withFunction(call, ({ FunctionName }) => {
          call.data(FUNCTIONS).delete(String(FunctionName));
          const writes = [{ place: `lambda/${FunctionName}`, cells: { deleted: 'true' } }];
          return { answer: restAnswer(call, 204, ''), writes };
        }),
    },
  ];
}

function action(
  service: 'ec2' | 'iam',
  name: string,
  effect: Route['effect'],
  handle: (call: Call) => Handled,
): Route {
  return {
    id: `${service}.${name}`,
    method: 'POST',
    path: '/',
    when: isAction(name),
    needsOneOf: [`${service}:${name}`],
    effect,
    handle,
  };
}

function describeInstances(call: Call): Handled {
  const wanted = instanceIdsOf(call);
  const absent = wanted.find((id) => call.data(INSTANCES).get(id) === null);
  if (absent !== undefined) return noInstance(call, absent);
  const shown = call
    .data(INSTANCES)
    .list()
    .filter(({ id }) => wanted.length === 0 || wanted.includes(String(id)));
  const reservationSet = shown.map((one) => ({
    reservationId: String(one.id).replace('i-', 'r-'),
    ownerId: accountNumberOf(call.account.tenant),
    instancesSet: [
      {
        instanceId: String(one.id),
        instanceType: String(one.type),
        instanceState: { code: Number(one.code), name: String(one.state) },
        launchTime: SINCE,
      },
    ],
  }));
  return { answer: ec2Answer(call, 'DescribeInstances', { reservationSet }) };
}

function changeInstances(call: Call, name: string, state: string, code: number): Handled {
  const wanted = instanceIdsOf(call);
  if (wanted.length === 0)
    return {
      refused: 'missing-parameter',
      detail: 'The request must contain the parameter InstanceId',
    };
  const absent = wanted.find((id) => call.data(INSTANCES).get(id) === null);
  if (absent !== undefined) return noInstance(call, absent);
  const instancesSet = wanted.map((id) => {
    const before = call.data(INSTANCES).get(id) ?? {};
    call.data(INSTANCES).put(id, { ...before, state, code });
    return {
      instanceId: id,
      currentState: { code, name: state },
      previousState: { code: Number(before.code), name: String(before.state) },
    };
  });
  return {
    answer: ec2Answer(call, name, { instancesSet }),
    writes: wanted.map((id) => ({ place: `ec2/${id}`, cells: { state } })),
  };
}

const instanceIdsOf = ({ request }: Call): string[] =>
  Object.entries(fieldsOf(request)).flatMap(([name, value]) =>
    /^InstanceId\.\d+$/.test(name) ? [value] : [],
  );

const noInstance = (call: Call, id: string): Handled => ({
  refused: call.heldElsewhere(INSTANCES, id) ? 'other-tenant' : 'not-found',
  detail: `The instance ID '${id}' does not exist`,
});

function getRole(call: Call, maxSessionSeconds: number): Handled {
  const { RoleName } = fieldsOf(call.request);
  if (RoleName === undefined) return { refused: 'missing-parameter', detail: NO_ROLE_NAME };
  const role = call.tokens.accounts().find(({ id }) => id === RoleName);
  if (role === undefined || role.tenant !== call.account.tenant) {
    const refused = role === undefined ? 'not-found' : 'other-tenant';
    return { refused, detail: `The role with name ${RoleName} cannot be found.` };
  }
  const arn = roleArnOf(role);
  const statement = { Effect: 'Allow', Principal: { AWS: userArnOf(role.tenant) }, Action: 'sts:AssumeRole' };
  const Role = {
    Path: '/',
    RoleName: role.id,
    RoleId: uniqueIdOf('AROA', arn),
    Arn: arn,
    CreateDate: SINCE,
    AssumeRolePolicyDocument: encodeURIComponent(
      JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    ),
    MaxSessionDuration: maxSessionSeconds,
  };
  return { answer: queryAnswer(call, 'iam', 'GetRole', { Role }) };
}

function listUsers(call: Call): Handled {
  const arn = userArnOf(call.account.tenant);
  const user = {
    Path: '/',
    UserName: USER_NAME,
    UserId: uniqueIdOf('AIDA', arn),
    Arn: arn,
    CreateDate: SINCE,
  };
  return { answer: queryAnswer(call, 'iam', 'ListUsers', { Users: [user], IsTruncated: false }) };
}

function withFunction(call: Call, handle: (found: JsonObject) => Handled): Handled {
  const { name = '' } = call.params;
  const found = call.data(FUNCTIONS).get(name);
  if (found !== null) return handle(found);
  const arn = `arn:aws:lambda:us-east-1:${accountNumberOf(call.account.tenant)}:function:${name}`;
  return { refused: 'not-found', detail: `Function not found: ${arn}` };
}
