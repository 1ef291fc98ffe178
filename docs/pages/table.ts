// Tables in Markdown, from cells that may hold anything.

/** A table; pipes and line breaks in cells are made harmless. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** A text as code, shortened to so many characters. */
export function code(text: string, longest: number): string {
  const shown = text.length <= longest ? text : `${text.slice(0, longest)} ...`;
  return shown === '' ? '(nothing)' : `\`${shown.replaceAll('`', "'")}\``;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
