// A command as one text, taken apart into words as a POSIX shell would, without a shell and without its powers.

/** The words of a command, or why it is none. */
export type Words = { readonly words: readonly string[] } | { readonly problem: string };

/** Characters that mean something to a shell, and that no program started without one will see as meant. */
const SHELL_ONLY = new Set('|&;<>()$`');
const BLANK = /\s/;

/** Splits at blanks; quotes and backslashes protect, as in POSIX 2.2. Nothing is ever expanded. */
export function splitWords(command: string): Words {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < command.length; at++) {
    const char = command[at] ?? '';
    if (quote === "'") {
      if (char === "'") quote = null;
      else word += char;
    } else if (quote === '"') {
      if (char === '"') quote = null;
      else if (char === '$' || char === '`') return { problem: needsShell(char) };
      else if (char === '\\' && /["\\$`\n]/.test(command[at + 1] ?? '')) word += command[++at] ?? '';
      else word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= '';
    } else if (char === '\\') word = (word ?? '') + (command[++at] ?? '');
    else if (BLANK.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (SHELL_ONLY.has(char)) return { problem: needsShell(char) };
    else word = (word ?? '') + char;
  }
  if (quote !== null) return { problem: `It opens a quote (${quote}) that it never closes.` };
  if (word !== null) words.push(word);
  return words.length === 0 ? { problem: 'It is empty.' } : { words };
}

const needsShell = (char: string) =>
  `It needs a shell for \`${char}\`, and is run without one; it should be one program with its arguments.`;
