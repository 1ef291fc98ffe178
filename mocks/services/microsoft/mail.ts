// The mailbox in Graph: messages to read, drafts to write, and mail to send.

import { cellsOf } from '../../cells.ts';
import { empty, isJsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { objectIdOf } from './ids.ts';
import { pageOf } from './pages.ts';

const MESSAGES = '/v1.0/me/messages';
const USUAL_PAGE = 10;

/** The routes. */
export const MAIL: readonly Route[] = [
  {
    id: 'messages.list',
    method: 'GET',
    path: MESSAGES,
    needsOneOf: ['Mail.Read', 'Mail.ReadWrite', 'Mail.ReadBasic'],
    effect: 'read',
    handle: (call) => pageOf(call, 'me/messages', call.data('messages').list(), USUAL_PAGE),
  },
  {
    id: 'messages.read',
    method: 'GET',
    path: `${MESSAGES}/{id}`,
    needsOneOf: ['Mail.Read', 'Mail.ReadWrite', 'Mail.ReadBasic'],
    effect: 'read',
    handle: readMessage,
  },
  {
    id: 'messages.create',
    method: 'POST',
    path: MESSAGES,
    needsOneOf: ['Mail.ReadWrite'],
    effect: 'write',
    handle: createDraft,
  },
  {
    id: 'mail.send',
    method: 'POST',
    path: '/v1.0/me/sendMail',
    needsOneOf: ['Mail.Send'],
    effect: 'write',
    handle: sendMail,
  },
];

function readMessage(call: Call): Handled {
  const id = call.params.id ?? '';
  const message = call.data('messages').get(id);
  if (message !== null) return { answer: json(200, message) };
  return { refused: call.heldElsewhere('messages', id) ? 'other-tenant' : 'not-found', detail: id };
}

function createDraft(call: Call): Handled {
  const supplied = parseJsonObject(call.request.body);
  if (supplied === null) return { refused: 'bad-request', detail: 'Empty Payload. JSON content expected.' };
  const messages = call.data('messages');
  const id = objectIdOf(call.account.tenant, 'message', messages.nextNumber());
  const createdDateTime = `${new Date(call.nowMs).toISOString().slice(0, 19)}Z`;
  const draft = { ...supplied, id, isDraft: true, createdDateTime };
  messages.put(id, draft);
  return { answer: json(201, draft), writes: [{ place: 'messages', cells: cellsOf(supplied) }] };
}

function sendMail(call: Call): Handled {
  const message = parseJsonObject(call.request.body)?.message;
  if (!isJsonObject(message)) return { refused: 'bad-request', detail: 'The Message property is required.' };
  return { answer: empty(202), writes: [{ place: 'sent', cells: cellsOf(message) }] };
}
