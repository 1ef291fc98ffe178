// Property values: what a caller may write in short, what Notion gives back in full, and the text a person sees.

import { isJsonObject, type Json, type JsonObject } from '../../http.ts';
import { text } from './workspace.ts';

/** Properties in full, from what a caller wrote. */
export function inFull(written: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(written).map(([name, property]) => {
      const kind = kindOf(property);
      if (kind === null || !isJsonObject(property)) return [name, property];
      const id = kind === 'title' ? 'title' : name;
      return [name, { id, type: kind, [kind]: richText(property[kind] ?? null) }];
    }),
  );
}

/** The cells of properties or of a block: the text a person would see, by name. */
export function plainCells(written: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(written).map(([name, property]) => [name, plainOf(property)]));
}

/** The value of a property, as plain text. */
export function plainOf(property: Json): string {
  const kind = kindOf(property);
  const value = kind !== null && isJsonObject(property) ? (property[kind] ?? null) : property;
  if (Array.isArray(value)) return (value as readonly Json[]).map(plainPiece).join('');
  if (isJsonObject(value)) return plainPiece(value);
  return value === null ? '' : String(value);
}

/** The value of a property as it is compared: a number, a truth value, or text. */
export function comparable(property: Json): number | boolean | string {
  const kind = kindOf(property);
  const value = kind !== null && isJsonObject(property) ? property[kind] : null;
  return typeof value === 'number' || typeof value === 'boolean' ? value : plainOf(property);
}

/** Rich text in full; anything else as it is. */
export function richText(value: Json): Json {
  if (!Array.isArray(value)) return value;
  return (value as readonly Json[]).map((piece) => {
    const content = isJsonObject(piece) && isJsonObject(piece.text) ? piece.text.content : undefined;
    return typeof content === 'string' ? text(content) : piece;
  });
}

// A property is an object with its kind as the one key that says something.
function kindOf(property: Json): string | null {
  if (!isJsonObject(property)) return null;
  if (typeof property.type === 'string') return property.type;
  return Object.keys(property).find((key) => key !== 'id' && key !== 'name') ?? null;
}

function plainPiece(piece: Json): string {
  if (!isJsonObject(piece)) return String(piece);
  if (typeof piece.plain_text === 'string') return piece.plain_text;
  if (isJsonObject(piece.text)) return String(piece.text.content ?? '');
  return String(piece.name ?? piece.start ?? piece.id ?? JSON.stringify(piece));
}
