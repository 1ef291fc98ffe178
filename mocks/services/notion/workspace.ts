// A tenant's workspace: its ids, and what it holds when nothing was seeded. Not all of it is shared with the app.

import type { JsonObject } from '../../http.ts';
import { once } from '../../once.ts';
import { seededRandomness } from '../../randomness.ts';

const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse('2026-02-02T09:00:00.000Z');
const TASKS = [
  { name: 'Check the backups', status: 'Done', hours: 1 },
  { name: 'Move the archive', status: 'In progress', hours: 5 },
  { name: 'Write the handbook', status: 'Not started', hours: 8 },
] as const;

export const workspaceIdOf = once((tenant: string): string => idOf(tenant, 'workspace'));
export const botIdOf = once((tenant: string): string => idOf(tenant, 'bot'));
export const personIdOf = (tenant: string): string => idOf(tenant, 'person');
export const databaseIdOf = (tenant: string): string => idOf(tenant, 'tasks');
export const dataSourceIdOf = (tenant: string): string => idOf(tenant, 'tasks: source');
/** The id of a page: `handbook` is shared with the app, `salaries` is not. */
export const pageIdOf = (tenant: string, name: string): string => idOf(tenant, `page: ${name}`);

/** The objects of a new workspace, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const inWorkspace = { type: 'workspace', workspace: true };
  const inTasks = { type: 'database_id', database_id: databaseIdOf(tenant) };
  return {
    pages: [
      page(tenant, 'handbook', 0, inWorkspace, { title: title('Handbook') }),
      page(tenant, 'salaries', 1, inWorkspace, { title: title('Salaries') }, false),
      ...TASKS.map(({ name, status, hours }, index) =>
        page(tenant, name, index + 2, inTasks, {
          Name: title(name),
          Status: { id: 'Status', type: 'status', status: { name: status } },
          Hours: { id: 'Hours', type: 'number', number: hours },
        }),
      ),
    ],
    databases: [
      {
        object: 'database',
        id: databaseIdOf(tenant),
        title: [text('Tasks')],
        parent: inWorkspace,
        data_sources: [{ id: dataSourceIdOf(tenant), name: 'Tasks' }],
        properties: {
          Name: { id: 'title', name: 'Name', type: 'title', title: {} },
          Status: { id: 'Status', name: 'Status', type: 'status', status: {} },
          Hours: { id: 'Hours', name: 'Hours', type: 'number', number: { format: 'number' } },
        },
        ...stamps(0),
      },
    ],
    blocks: [
      {
        object: 'block',
        id: idOf(tenant, 'block'),
        parent: { type: 'page_id', page_id: pageIdOf(tenant, 'handbook') },
        type: 'paragraph',
        paragraph: { rich_text: [text('Start here.')] },
        has_children: false,
        ...stamps(0),
      },
    ],
    users: [
      {
        object: 'user',
        id: personIdOf(tenant),
        type: 'person',
        name: 'Owner',
        avatar_url: null,
        person: { email: `owner@${tenant}.example` },
      },
    ],
  };
}

/** A piece of rich text as Notion gives it back. */
export const text = (content: string): JsonObject => ({
  type: 'text',
  text: { content, link: null },
  plain_text: content,
  href: null,
});

const title = (content: string): JsonObject => ({ id: 'title', type: 'title', title: [text(content)] });

const page = (
  tenant: string,
  name: string,
  day: number,
  parent: JsonObject,
  properties: JsonObject,
  shared = true,
): JsonObject => ({
  object: 'page',
  id: pageIdOf(tenant, name),
  parent,
  archived: false,
  properties,
  ...stamps(day),
  ...(shared ? {} : { shared }),
});

const idOf = (tenant: string, what: string) => seededRandomness(tenant).uuid('notion', what);

const stamps = (days: number) => {
  const at = new Date(FIRST_MS + days * DAY_MS).toISOString();
  return { created_time: at, last_edited_time: at };
};
