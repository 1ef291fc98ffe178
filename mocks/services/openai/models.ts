// Models and what they say: the mock's model says the words of the last user again.

import { isJsonObject, type Json, type JsonObject, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { idOf, success } from './answers.ts';

const REQUEST = { needsOneOf: ['model.request'], effect: 'read' } as const;

/** The routes of models. */
export const MODEL_ROUTES: readonly Route[] = [
  {
    id: 'models.list',
    method: 'GET',
    path: '/v1/models',
    needsOneOf: ['model.read', 'model.request'],
    effect: 'read',
    handle: (call) => ({ answer: success(call, { object: 'list', data: call.data('models').list() }) }),
  },
  {
    id: 'models.read',
    method: 'GET',
    path: '/v1/models/{model}',
    needsOneOf: ['model.read', 'model.request'],
    effect: 'read',
    handle: (call) => {
      const model = call.data('models').get(call.params.model ?? '');
      return model === null ? unknownModel(call.params.model ?? '') : { answer: success(call, model) };
    },
  },
  { id: 'chat.completions.create', method: 'POST', path: '/v1/chat/completions', ...REQUEST, handle: chat },
  { id: 'responses.create', method: 'POST', path: '/v1/responses', ...REQUEST, handle: respond },
];

interface Spoken {
  readonly model: string;
  readonly words: readonly string[];
  readonly inputTokens: number;
  readonly isCut: boolean;
}

function chat(call: Call): Handled {
  const body = parseJsonObject(call.request.body);
  const limit = body?.max_completion_tokens ?? body?.max_tokens;
  const spoken = speak(body, 'messages', limit, call);
  if ('refused' in spoken) return spoken;
  const { model, words, inputTokens, isCut } = spoken;
  return {
    answer: success(call, {
      id: idOf('chatcmpl-', call),
      object: 'chat.completion',
      created: Math.floor(call.nowMs / 1000),
      model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: words.join(' '), refusal: null },
          logprobs: null,
          finish_reason: isCut ? 'length' : 'stop',
        },
      ],
      usage: {
        prompt_tokens: inputTokens,
        completion_tokens: words.length,
        total_tokens: inputTokens + words.length,
      },
    }),
  };
}

function respond(call: Call): Handled {
  const body = parseJsonObject(call.request.body);
  const spoken = speak(body, 'input', body?.max_output_tokens, call);
  if ('refused' in spoken) return spoken;
  const { model, words, inputTokens, isCut } = spoken;
  return {
    answer: success(call, {
      id: idOf('resp_', call),
      object: 'response',
      created_at: Math.floor(call.nowMs / 1000),
      status: isCut ? 'incomplete' : 'completed',
      incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
      error: null,
      model,
      output: [
        {
          id: idOf('msg_', call),
          type: 'message',
          role: 'assistant',
          status: isCut ? 'incomplete' : 'completed',
          content: [{ type: 'output_text', text: words.join(' '), annotations: [] }],
        },
      ],
      usage: {
        input_tokens: inputTokens,
        output_tokens: words.length,
        total_tokens: inputTokens + words.length,
      },
    }),
  };
}

// A token is a word here. What the model is told may be a text, or a list of messages.
function speak(
  body: JsonObject | null,
  field: string,
  limit: Json | undefined,
  { data }: Call,
): Spoken | Extract<Handled, { refused: unknown }> {
  if (body === null)
    return { refused: 'bad-request', detail: 'We could not parse the JSON body of your request.' };
  const { model, stream } = body;
  if (typeof model !== 'string')
    return { refused: 'bad-request', detail: 'you must provide a model parameter' };
  if (data('models').get(model) === null) return unknownModel(model);
  if (stream === true) return { refused: 'unmodelled', detail: 'stream: true' };
  const texts = textsOf(body[field]);
  if (texts.length === 0) {
    return { refused: 'bad-request', detail: `Missing required parameter: '${field}'.` };
  }
  const said = wordsOf(texts.at(-1) ?? '');
  const words = said.slice(0, typeof limit === 'number' ? limit : said.length);
  return { model, words, inputTokens: texts.flatMap(wordsOf).length, isCut: words.length < said.length };
}

function textsOf(told: Json | undefined): readonly string[] {
  if (typeof told === 'string') return told === '' ? [] : [told];
  if (!Array.isArray(told)) return [];
  const messages = (told as readonly Json[]).filter(isJsonObject);
  return messages.map(({ content, text }) => (typeof text === 'string' ? text : textsOf(content).join('\n')));
}

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '');

const unknownModel = (model: string) =>
  ({
    refused: 'not-found',
    code: 'model_not_found',
    detail: `The model \`${model}\` does not exist or you do not have access to it.`,
  }) as const;
