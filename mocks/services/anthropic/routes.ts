// The routes: messages, models, the profile behind the token, and a key that few tokens may make.

import { parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { idOf, success } from './answers.ts';
import { BATCH_ROUTES } from './batches.ts';
import { guarded } from './guard.ts';
import { readMessage, stream, write } from './message.ts';
import { accountIdOf, emailOf, organizationIdOf } from './seed.ts';

const INFERENCE = { needsOneOf: ['user:inference'], effect: 'read' } as const;

const UNGUARDED: readonly Route[] = [
  {
    id: 'models.list',
    method: 'GET',
    path: '/v1/models',
    ...INFERENCE,
    handle: (call) => {
      const models = call.data('models').list();
      const [first, last] = [models[0]?.id ?? null, models.at(-1)?.id ?? null];
      return { answer: success(call, { data: models, has_more: false, first_id: first, last_id: last }) };
    },
  },
  {
    id: 'models.read',
    method: 'GET',
    path: '/v1/models/{id}',
    ...INFERENCE,
    handle: (call) => {
      const model = call.data('models').get(call.params.id ?? '');
      return model === null ? unknownModel(call.params.id ?? '') : { answer: success(call, model) };
    },
  },
  { id: 'messages.create', method: 'POST', path: '/v1/messages', ...INFERENCE, handle: createMessage },
  {
    id: 'messages.count-tokens',
    method: 'POST',
    path: '/v1/messages/count_tokens',
    ...INFERENCE,
    handle: countTokens,
  },
  ...BATCH_ROUTES,
  {
    id: 'profile',
    method: 'GET',
    path: '/api/oauth/profile',
    needsOneOf: ['user:profile'],
    effect: 'read',
    handle: (call) => ({
      answer: success(call, {
        account: { uuid: accountIdOf(call.account), email: emailOf(call.account) },
        organization: { uuid: organizationIdOf(call.account.tenant), name: call.account.tenant },
      }),
    }),
  },
  {
    id: 'api-keys.create',
    method: 'POST',
    path: '/api/oauth/claude_cli/create_api_key',
    needsOneOf: ['org:create_api_key'],
    effect: 'write',
    handle: (call) => ({
      answer: success(call, { raw_key: `sk-ant-api03-${call.randomness.chars(95, 'api-key', call.key)}` }),
      writes: [{ place: 'api-keys', cells: {} }],
    }),
  },
];

/** The routes of the resource server. */
export const ROUTES: readonly Route[] = UNGUARDED.map(guarded);

function createMessage(call: Call): Handled {
  const body = parseJsonObject(call.request.body);
  const asked = body === null ? NOT_JSON : readMessage(body);
  if ('problem' in asked) return { refused: 'bad-request', detail: asked.problem };
  if (call.data('models').get(asked.model) === null) return unknownModel(asked.model);
  if (body?.stream === true) return { answer: stream(asked, call) };
  return { answer: success(call, write(asked, idOf('msg', call))) };
}

function countTokens(call: Call): Handled {
  const body = parseJsonObject(call.request.body);
  const asked = body === null ? NOT_JSON : readMessage(body, true);
  if ('problem' in asked) return { refused: 'bad-request', detail: asked.problem };
  return { answer: success(call, { input_tokens: asked.inputTokens }) };
}

const NOT_JSON = { problem: 'The request body is not valid JSON.' } as const;

const unknownModel = (model: string): Handled => ({ refused: 'not-found', detail: `model: ${model}` });
