// A message as the mock's model writes it: the words of the last user, again, as far as max_tokens allows.

import { type Answer, isJsonObject, type Json, type JsonObject } from '../../http.ts';
import type { Call } from '../../service.ts';
import { idOf } from './answers.ts';

/** What a request for a message asks, once it is found in order. */
export interface Asked {
  readonly model: string;
  readonly maxTokens: number;
  readonly inputTokens: number;
  readonly lastWords: readonly string[];
}

/** What a body asks, or what is wrong with it. A token is a word here. */
export function readMessage(body: JsonObject, counts = false): Asked | { readonly problem: string } {
  const { model, max_tokens: maxTokens = counts ? 1 : undefined, messages, system = '' } = body;
  if (typeof model !== 'string') return { problem: 'model: Field required' };
  if (maxTokens === undefined) return { problem: 'max_tokens: Field required' };
  if (typeof maxTokens !== 'number' || !Number.isInteger(maxTokens) || maxTokens < 1) {
    return { problem: 'max_tokens: Input should be greater than or equal to 1' };
  }
  if (!Array.isArray(messages)) return { problem: 'messages: Field required' };
  const texts: string[] = [];
  for (const [index, message] of (messages as readonly Json[]).entries()) {
    if (!isJsonObject(message)) return { problem: `messages.${index}: Input should be an object` };
    if (message.role !== 'user' && message.role !== 'assistant') {
      return { problem: `messages.${index}.role: Input should be 'user' or 'assistant'` };
    }
    const text = textOf(message.content);
    if (text === '') return { problem: 'messages: text content blocks must be non-empty' };
    texts.push(text);
  }
  if (texts.length === 0) return { problem: 'messages: at least one message is required' };
  const inputTokens = wordsOf(textOf(system)).length + texts.flatMap(wordsOf).length;
  return { model, maxTokens, inputTokens, lastWords: wordsOf(texts.at(-1) ?? '') };
}

/** The message. */
export function write({ model, maxTokens, inputTokens, lastWords }: Asked, id: string): JsonObject {
  const words = lastWords.slice(0, maxTokens);
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: words.join(' ') }],
    stop_reason: words.length < lastWords.length ? 'max_tokens' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: inputTokens, output_tokens: words.length },
  };
}

/** The message as server-sent events, one for each word. */
export function stream(asked: Asked, call: Call): Answer {
  const whole = write(asked, idOf('msg', call));
  const { stop_reason: stopReason, stop_sequence: stopSequence } = whole;
  const words = asked.lastWords.slice(0, asked.maxTokens);
  const usage = { input_tokens: asked.inputTokens, output_tokens: 1 };
  const started = { ...whole, content: [], stop_reason: null, usage };
  const events = [
    { type: 'message_start', message: started },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...words.map((word, index) => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: index === 0 ? word : ` ${word}` },
    })),
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: stopReason, stop_sequence: stopSequence },
      usage: { output_tokens: words.length },
    },
    { type: 'message_stop' },
  ];
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'request-id': idOf('req', call) },
    body: events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''),
  };
}

function textOf(content: Json | undefined): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const blocks = (content as readonly Json[]).filter(isJsonObject);
  return blocks
    .map(({ text, content: inner }) => (typeof text === 'string' ? text : textOf(inner)))
    .join('\n');
}

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '');
