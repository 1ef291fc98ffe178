// What a caller sends to write values: rows in either dimension, taken as they are or as if a person had typed them.

import type { Json, JsonObject } from '../../http.ts';
import type { Problem } from './book.ts';
import { type Rows, transpose } from './grid.ts';

/** The complaint about a body that cannot be read. */
export const NOT_JSON: Problem = {
  problem: 'Invalid JSON payload received. The body must be a JSON object.',
};

/** The range and the rows of a ValueRange, whichever dimension it is written in. */
export function valuesIn(
  body: JsonObject | null,
): { readonly range: string; readonly values: Rows } | Problem {
  if (body === null) return NOT_JSON;
  const { values = [], range } = body;
  if (!Array.isArray(values))
    return { problem: "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue)" };
  for (const [index, line] of (values as readonly Json[]).entries()) {
    if (!Array.isArray(line)) {
      return {
        problem: `Invalid value at 'data.values[${index}]' (type.googleapis.com/google.protobuf.ListValue)`,
      };
    }
    const nested = (line as readonly Json[]).findIndex((cell) => typeof cell === 'object' && cell !== null);
    if (nested >= 0)
      return { problem: `Invalid values[${index}][${nested}]: not a string, number or boolean` };
  }
  const rows = values as Rows;
  return {
    range: typeof range === 'string' ? range : '',
    values: body.majorDimension === 'COLUMNS' ? transpose(rows) : rows,
  };
}

/** How supplied values become cells: as they are, or as if a person had typed them. */
export function cellReader(option: string | undefined): { readonly read: (value: Json) => Json } | Problem {
  if (option === 'RAW') return { read: (value) => value };
  if (option === 'USER_ENTERED') return { read: typed };
  if (option === undefined || option === 'INPUT_VALUE_OPTION_UNSPECIFIED') {
    return { problem: "'valueInputOption' is required but not specified" };
  }
  return { problem: `Invalid value at 'value_input_option': "${option}"` };
}

// Dates, currencies and formulas stay text: their cells compare alike, and no job here computes with them.
function typed(value: Json): Json {
  if (typeof value !== 'string') return value;
  if (value.startsWith("'")) return value.slice(1);
  const text = value.trim();
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text);
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return value;
}

/** The ranges of a query: repeated keys arrive joined by commas, and a quoted sheet name may hold one. */
export function splitRanges(joined: string): readonly string[] {
  return joined.match(/(?:'(?:[^']|'')*'|[^,'])+/g) ?? [];
}
