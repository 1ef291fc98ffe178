// What Zoom offers: who one is, the users of an account, and meetings.

import { cellsOf } from '../../cells.ts';
import { base64, base64url, textFromBase64 } from '../../encoding.ts';
import { empty, type JsonObject, json, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { meetingIdOf, userIdOf, zoomAccountIdOf } from './ids.ts';

const MEETINGS = '/v2/users/{user}/meetings';
const MEETING = '/v2/meetings/{id}';
const PAGE_SIZE = 30;
const PAGE_SIZE_MOST = 300;
const TYPES = [1, 2, 3, 8];

/** The routes. */
export const ROUTES: readonly Route[] = [
  {
    id: 'users.read',
    method: 'GET',
    path: '/v2/users/{user}',
    needsOneOf: ['user:read:user', 'user:read:user:admin'],
    effect: 'read',
    handle: (call) => withUser(call, () => ({ answer: json(200, userShown(call)) })),
  },
  {
    id: 'users.list',
    method: 'GET',
    path: '/v2/users',
    needsOneOf: ['user:read:list_users:admin'],
    effect: 'read',
    handle: (call) => ({
      answer: json(200, { page_count: 1, page_size: PAGE_SIZE, total_records: 1, users: [userShown(call)] }),
    }),
  },
  {
    id: 'meetings.list',
    method: 'GET',
    path: MEETINGS,
    needsOneOf: ['meeting:read:list_meetings', 'meeting:read:list_meetings:admin'],
    effect: 'read',
    handle: (call) => withUser(call, () => listMeetings(call)),
  },
  {
    id: 'meetings.create',
    method: 'POST',
    path: MEETINGS,
    needsOneOf: ['meeting:write:meeting', 'meeting:write:meeting:admin'],
    effect: 'write',
    handle: (call) => withUser(call, () => createMeeting(call)),
  },
  {
    id: 'meetings.read',
    method: 'GET',
    path: MEETING,
    needsOneOf: ['meeting:read:meeting', 'meeting:read:meeting:admin'],
    effect: 'read',
    handle: (call) => withMeeting(call, (meeting) => ({ answer: json(200, shown(call, meeting)) })),
  },
  {
    id: 'meetings.change',
    method: 'PATCH',
    path: MEETING,
    needsOneOf: ['meeting:update:meeting', 'meeting:write:meeting'],
    effect: 'write',
    handle: (call) => withMeeting(call, (meeting) => changeMeeting(call, meeting)),
  },
  {
    id: 'meetings.delete',
    method: 'DELETE',
    path: MEETING,
    needsOneOf: ['meeting:delete:meeting', 'meeting:delete:meeting:admin'],
    effect: 'write',
    handle: (call) =>
      withMeeting(call, ({ id }) => {
        call.data('meetings').delete(String(id));
        return { answer: empty(204), writes: [{ place: `meetings/${id}`, cells: { deleted: 'true' } }] };
      }),
  },
];

function withUser(call: Call, handle: () => Handled): Handled {
  const { user = '' } = call.params;
  return ['me', userIdOf(call.account), emailOf(call)].includes(user)
    ? handle()
    : { refused: 'denied-by-policy' };
}

function listMeetings(call: Call): Handled {
  const { page_size = String(PAGE_SIZE), next_page_token = '' } = call.request.query;
  const size = Number(page_size);
  if (!Number.isInteger(size) || size < 1 || size > PAGE_SIZE_MOST) return invalid('page_size');
  const from = next_page_token === '' ? 0 : fromToken(next_page_token);
  if (from === null) return invalid('next_page_token');
  const all = call.data('meetings').list();
  const end = from + size;
  return {
    answer: json(200, {
      page_size: size,
      total_records: all.length,
      next_page_token: end < all.length ? base64url(`from:${end}`) : '',
      meetings: all.slice(from, end).map((meeting) => shown(call, meeting)),
    }),
  };
}

function createMeeting(call: Call): Handled {
  const supplied = parseJsonObject(call.request.body);
  if (supplied === null) return { refused: 'bad-request' };
  const wrong = wrongField(supplied);
  if (wrong !== null) return invalid(wrong);
  const meetings = call.data('meetings');
  const id = meetingIdOf(call.account.tenant, meetings.nextNumber());
  const created = new Date(call.nowMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const meeting = { type: 2, duration: 60, timezone: 'UTC', ...supplied, id, created_at: created };
  meetings.put(String(id), meeting);
  return {
    answer: json(201, shown(call, meeting)),
    writes: [{ place: 'meetings', cells: cellsOf(supplied) }],
  };
}

function changeMeeting(call: Call, meeting: JsonObject): Handled {
  const supplied = parseJsonObject(call.request.body);
  if (supplied === null) return { refused: 'bad-request' };
  const wrong = wrongField(supplied);
  if (wrong !== null) return invalid(wrong);
  const changed = { ...meeting, ...supplied, id: meeting.id ?? null };
  call.data('meetings').put(String(meeting.id), changed);
  return {
    answer: empty(204),
    writes: [{ place: `meetings/${meeting.id}`, cells: cellsOf(supplied) }],
  };
}

function withMeeting(call: Call, handle: (meeting: JsonObject) => Handled): Handled {
  const id = call.params.id ?? '';
  const meeting = call.data('meetings').get(id);
  if (meeting !== null) return handle(meeting);
  return { refused: call.heldElsewhere('meetings', id) ? 'other-tenant' : 'not-found', detail: id };
}

function wrongField({ topic, type, duration }: JsonObject): string | null {
  if (topic !== undefined && typeof topic !== 'string') return 'topic';
  if (type !== undefined && !TYPES.includes(Number(type))) return 'type';
  return duration === undefined || (typeof duration === 'number' && duration > 0) ? null : 'duration';
}

function fromToken(token: string): number | null {
  const match = /^from:(\d+)$/.exec(textFromBase64(token));
  return match === null ? null : Number(match[1]);
}

const shown = ({ account }: Call, meeting: JsonObject): JsonObject => ({
  uuid: base64(`meeting ${meeting.id}`),
  host_id: userIdOf(account),
  status: 'waiting',
  ...meeting,
  join_url: `https://zoom.us/j/${meeting.id}`,
});

const userShown = (call: Call): JsonObject => ({
  id: userIdOf(call.account),
  account_id: zoomAccountIdOf(call.account),
  email: emailOf(call),
  display_name: call.account.id,
  type: 2,
  status: 'active',
});

const emailOf = ({ account }: Call) => `${account.id}@${account.tenant}.example`;
const invalid = (code: string): Handled => ({ refused: 'bad-request', code, detail: 'Invalid field.' });
