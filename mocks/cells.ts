// What a caller supplied, as the cells in which writes are recorded and compared.

/** The cells of a JSON object: strings as they are, anything else as JSON. */
export function cellsOf(body: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
