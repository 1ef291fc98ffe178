// The tools: a notebook to list, read and write, and one tool that needs a scope which clients have to step up to.

import { cellsOf } from '../../cells.ts';
import type { JsonObject } from '../../http.ts';
import type { Refusal } from '../../refusals.ts';
import type { Call, Write } from '../../service.ts';
import { RARE_SCOPE } from './scopes.ts';
import { noteIdOf } from './seed.ts';

/** What a tool came to: text for the model, or a refusal. */
export type ToolResult =
  | { readonly text: string; readonly writes?: readonly Write[] }
  | { readonly refused: Refusal; readonly detail: string };

/** A tool. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly scope: string;
  /** The arguments it must have, all of them texts. */
  readonly takes: Readonly<Record<string, string>>;
  readonly annotations: JsonObject;
  run(args: Readonly<Record<string, string>>, call: Call): ToolResult;
}

/** The tools, in the order in which they are listed. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'list_notes',
    description: 'Lists the notes with their ids and titles.',
    scope: 'notes:read',
    takes: {},
    annotations: { readOnlyHint: true },
    run: (_args, { data }) => ({
      text: JSON.stringify(
        data('notes')
          .list()
          .map(({ id, title }) => ({ id: id ?? null, title: title ?? null })),
      ),
    }),
  },
  {
    name: 'read_note',
    description: 'Reads one note.',
    scope: 'notes:read',
    takes: { id: 'The id of the note.' },
    annotations: { readOnlyHint: true },
    run: ({ id = '' }, call) => withNote(call, id, (note) => ({ text: JSON.stringify(note) })),
  },
  {
    name: 'add_note',
    description: 'Adds a note and returns its id.',
    scope: 'notes:write',
    takes: { title: 'What the note is called.', text: 'What it says.' },
    annotations: { readOnlyHint: false, destructiveHint: false },
    run: (supplied, { data, account }) => {
      const notes = data('notes');
      const id = noteIdOf(account.tenant, notes.nextNumber());
      notes.put(id, { id, ...supplied });
      return { text: JSON.stringify({ id }), writes: [{ place: 'notes', cells: cellsOf(supplied) }] };
    },
  },
  {
    name: 'delete_note',
    description: 'Deletes a note for good.',
    scope: RARE_SCOPE,
    takes: { id: 'The id of the note.' },
    annotations: { readOnlyHint: false, destructiveHint: true },
    run: ({ id = '' }, call) =>
      withNote(call, id, () => {
        call.data('notes').delete(id);
        return { text: 'Deleted.', writes: [{ place: `notes/${id}`, cells: { deleted: 'true' } }] };
      }),
  },
];

/** A tool as it is listed. */
export const listed = ({ name, description, takes, annotations }: Tool): JsonObject => ({
  name,
  description,
  inputSchema: {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(takes).map(([argument, meaning]) => [
        argument,
        { type: 'string', description: meaning },
      ]),
    ),
    required: Object.keys(takes),
    additionalProperties: false,
  },
  annotations,
});

function withNote(
  { data, heldElsewhere }: Call,
  id: string,
  run: (note: JsonObject) => ToolResult,
): ToolResult {
  const note = data('notes').get(id);
  if (note !== null) return run(note);
  return { refused: heldElsewhere('notes', id) ? 'other-tenant' : 'not-found', detail: id };
}
