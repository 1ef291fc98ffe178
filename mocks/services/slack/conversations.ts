// Channels and the messages in them: list, read, post and change.

import { cellsOf } from '../../cells.ts';
import type { JsonObject } from '../../http.ts';
import type { Call, Handled } from '../../service.ts';
import { ok } from './answers.ts';
import { type Method, pageOf, text } from './methods.ts';
import { speakerOf } from './speaker.ts';
import { teamIdOf } from './workspace.ts';

const LIST_LIMIT = 100;

/** The methods of conversations and chat. */
export const CONVERSATION_METHODS: readonly Method[] = [
  { name: 'conversations.list', needsOneOf: ['channels:read'], effect: 'read', run: list },
  { name: 'conversations.info', needsOneOf: ['channels:read'], effect: 'read', run: info },
  { name: 'conversations.history', needsOneOf: ['channels:history'], effect: 'read', run: history },
  { name: 'chat.postMessage', needsOneOf: ['chat:write'], effect: 'write', run: post },
  { name: 'chat.update', needsOneOf: ['chat:write'], effect: 'write', run: update },
];

function list(args: JsonObject, { data }: Call): Handled {
  const hidesArchived = text(args, 'exclude_archived') === 'true';
  const channels = data('channels')
    .list()
    .filter((channel) => !(hidesArchived && channel.is_archived === true));
  const page = pageOf(channels, args, LIST_LIMIT);
  if (page === null) return wrong('invalid_cursor');
  const { items, nextCursor } = page;
  return { answer: ok({ channels: items, response_metadata: { next_cursor: nextCursor } }) };
}

function info(args: JsonObject, call: Call): Handled {
  const found = channelOf(args, call);
  return 'refused' in found ? found : { answer: ok(found) };
}

function history(args: JsonObject, call: Call): Handled {
  const found = channelOf(args, call);
  if ('refused' in found) return found;
  const { channel } = found;
  if (channel.is_member !== true) return wrong('not_in_channel');
  const [oldest, latest] = [text(args, 'oldest'), text(args, 'latest')].map((ts) =>
    ts === null ? null : Number(ts),
  );
  const messages = call
    .data('messages')
    .list()
    .filter((message) => message.channel === channel.id)
    .filter(({ ts }) => Number(ts) > (oldest ?? 0) && Number(ts) < (latest ?? Number.POSITIVE_INFINITY))
    .toReversed();
  const page = pageOf(messages, args, LIST_LIMIT);
  if (page === null) return wrong('invalid_cursor');
  const { items, nextCursor } = page;
  return {
    answer: ok({
      messages: items.map(shown),
      has_more: nextCursor !== '',
      response_metadata: { next_cursor: nextCursor },
    }),
  };
}

function post(args: JsonObject, call: Call): Handled {
  const found = channelOf(args, call);
  if ('refused' in found) return found;
  const { channel } = found;
  if (channel.is_archived === true) return wrong('is_archived');
  if (channel.is_member !== true) return wrong('not_in_channel');
  if (!hasContent(args)) return wrong('no_text');
  const channelId = String(channel.id);
  const ts = timestamp(call);
  const supplied = suppliedIn(args);
  const { user_id: user, user: _name, ...rest } = speakerOf(call);
  const message = {
    ...supplied,
    id: `${channelId}/${ts}`,
    channel: channelId,
    ts,
    user,
    ...rest,
    team: teamIdOf(call.account.tenant),
  };
  call.data('messages').put(message.id, message);
  const answer = ok({ channel: channelId, ts, message: shown(message) });
  return { answer, writes: [{ place: `channels/${channelId}`, cells: cellsOf(supplied) }] };
}

function update(args: JsonObject, call: Call): Handled {
  const found = channelOf(args, call);
  if ('refused' in found) return found;
  const { channel } = found;
  const channelId = String(channel.id);
  const id = `${channelId}/${text(args, 'ts') ?? ''}`;
  const message = call.data('messages').get(id);
  if (message === null) return { refused: 'not-found', code: 'message_not_found' };
  if (message.user !== speakerOf(call).user_id) return wrong('cant_update_message');
  if (!hasContent(args)) return wrong('no_text');
  const { ts: _ts, ...supplied } = suppliedIn(args);
  const changed = { ...message, ...supplied };
  call.data('messages').put(id, changed);
  const answer = ok({
    channel: channelId,
    ts: message.ts ?? '',
    text: changed.text ?? '',
    message: shown(changed),
  });
  return { answer, writes: [{ place: `channels/${channelId}/${message.ts}`, cells: cellsOf(supplied) }] };
}

type Found = { readonly channel: JsonObject } | Extract<Handled, { refused: unknown }>;

// A channel is named by its id or, for a public one, by its name. Another workspace's is not found.
function channelOf(args: JsonObject, { data, heldElsewhere }: Call): Found {
  const asked = text(args, 'channel') ?? '';
  const name = asked.replace(/^#/, '');
  const channels = data('channels');
  const channel = channels.get(asked) ?? channels.list().find((one) => one.name === name);
  if (channel !== undefined) return { channel };
  const refused = heldElsewhere('channels', asked) ? 'other-tenant' : 'not-found';
  return { refused, code: 'channel_not_found' };
}

const hasContent = (args: JsonObject) =>
  ['text', 'blocks', 'attachments'].some((name) => args[name] !== undefined && args[name] !== '');

// Where the message goes and who sends it is no part of what it says.
function suppliedIn(args: JsonObject): JsonObject {
  const { channel: _channel, token: _token, ...supplied } = args;
  return supplied;
}

function shown({ id: _id, channel: _channel, ...message }: JsonObject): JsonObject {
  return { type: 'message', ...message };
}

// Seconds, and six digits that keep the messages of one moment apart.
function timestamp({ nowMs, data }: Call): string {
  const micros = (nowMs % 1000) * 1000 + (data('messages').nextNumber() % 1000);
  return `${Math.floor(nowMs / 1000)}.${String(micros).padStart(6, '0')}`;
}

const wrong = (code: string) => ({ refused: 'bad-request', code }) as const;
