// What stands on a page, block by block: read it, and append to it.

import { isJsonObject, type Json, type JsonObject, parseJsonObject } from '../../http.ts';
import type { Call, Handled, Route } from '../../service.ts';
import { listOf, success } from './answers.ts';
import { find } from './objects.ts';
import { plainOf, richText } from './properties.ts';

const CHILDREN = '/v1/blocks/{id}/children';

/** The routes of blocks. */
export const BLOCK_ROUTES: readonly Route[] = [
  {
    id: 'blocks.children.list',
    method: 'GET',
    path: CHILDREN,
    needsOneOf: ['read_content'],
    effect: 'read',
    handle: (call) => {
      const page = find(call, 'pages', call.params.id ?? '');
      if ('refused' in page) return page;
      const answer = listOf(call, 'block', childrenOf(page.object, call), call.request.query);
      return answer === null
        ? { refused: 'bad-request', detail: 'The start_cursor provided is invalid' }
        : { answer };
    },
  },
  {
    id: 'blocks.children.append',
    method: 'PATCH',
    path: CHILDREN,
    needsOneOf: ['insert_content'],
    effect: 'write',
    handle: append,
  },
];

function append(call: Call): Handled {
  const page = find(call, 'pages', call.params.id ?? '');
  if ('refused' in page) return page;
  const children = parseJsonObject(call.request.body)?.children;
  if (!Array.isArray(children)) {
    const detail = 'body failed validation: body.children should be defined, instead was `undefined`.';
    return { refused: 'bad-request', detail };
  }
  const pageId = String(page.object.id);
  const written = (children as readonly Json[]).filter(isJsonObject);
  const blocks = written.map((child, index) => blockOf(child, pageId, index, call));
  for (const block of blocks) call.data('blocks').put(String(block.id), block);
  const list = { object: 'list', results: blocks, next_cursor: null, has_more: false };
  const answer = success(call, { ...list, type: 'block', block: {} });
  const writes = written.map((child) => {
    const kind = kindOf(child);
    return { place: `pages/${pageId}`, cells: { [kind]: contentOf(child[kind] ?? null) } };
  });
  return { answer, writes };
}

function blockOf(child: JsonObject, pageId: string, index: number, call: Call): JsonObject {
  const kind = kindOf(child);
  const content = child[kind];
  const at = new Date(call.nowMs).toISOString();
  return {
    object: 'block',
    id: call.randomness.uuid('notion', 'block', call.key, index),
    parent: { type: 'page_id', page_id: pageId },
    type: kind,
    [kind]: isJsonObject(content) ? { ...content, rich_text: richText(content.rich_text ?? []) } : {},
    has_children: false,
    created_time: at,
    last_edited_time: at,
  };
}

const childrenOf = ({ id }: JsonObject, { data }: Call) =>
  data('blocks')
    .list()
    .filter(({ parent }) => isJsonObject(parent) && parent.page_id === id);

const kindOf = (block: JsonObject) =>
  typeof block.type === 'string'
    ? block.type
    : (Object.keys(block).find((key) => key !== 'object') ?? 'unsupported');

const contentOf = (content: Json) => plainOf(isJsonObject(content) ? (content.rich_text ?? null) : content);
