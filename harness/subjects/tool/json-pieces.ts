// The JSON objects in a text that holds other things besides: log lines, banners, half of an object.

type JsonObject = Readonly<Record<string, unknown>>;

/** What a text holds of JSON. */
export interface JsonPiece {
  /** The outermost objects, in order. */
  readonly objects: readonly JsonObject[];
  /** Whether an object begins that never ends. */
  readonly broken: boolean;
}

/** How much of a flood is looked at: its end, where the last word is. */
const CHARS_READ = 1_000_000;
/** How many braces that open nothing are tried before the rest is taken for noise. */
const VAIN_TRIES = 1000;

/** Whether a value is an object, and no array. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Finds the objects in a text. */
export function jsonPieces(text: string): JsonPiece {
  const read = text.slice(-CHARS_READ);
  const objects: JsonObject[] = [];
  let broken = false;
  let vain = 0;
  let at = read.indexOf('{');
  while (at >= 0 && vain < VAIN_TRIES) {
    const end = endOfObject(read, at);
    const value = end === null ? null : parsed(read.slice(at, end));
    if (value !== null) objects.push(value);
    else vain++;
    // Braces occur in logs; only what goes on like an object was meant as one.
    if (end === null && /^\{\s*(["}]|$)/.test(read.slice(at, at + 100))) broken = true;
    at = read.indexOf('{', value === null || end === null ? at + 1 : end);
  }
  return { objects, broken };
}

/** The index after the brace that closes the one at `start`, or null. */
function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return null;
}

function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
