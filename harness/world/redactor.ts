// Replaces every minted secret in a text by its id, and says which ones it found.

/** A secret and what to call it. */
export interface Secret {
  readonly id: string;
  readonly value: string;
}

/** A text without secrets, and the ids of those it held, each once, in order of appearance. */
export interface Redacted {
  readonly text: string;
  readonly found: readonly string[];
}

/** Knows secrets and finds them: whole or any sixteen-character piece, plain, URL-, JSON- or base64-encoded. */
export interface Redactor {
  add(secret: Secret): void;
  redact(text: string): Redacted;
}

/** The shortest piece of a secret that is still recognised. */
const PIECE = 16;

/** A redactor that knows nothing yet. */
export function createRedactor(): Redactor {
  const pieces = new Map<string, string>();
  // Cut into pieces only when a text is first looked at: a load that is never captured need not pay for it.
  let unlearned: Secret[] = [];

  const learn = () => {
    for (const { id, value } of unlearned) {
      for (const form of encodings(value)) {
        for (let start = 0; start + PIECE <= form.length; start++)
          pieces.set(form.slice(start, start + PIECE), id);
      }
    }
    unlearned = [];
  };

  const redact = (text: string): Redacted => {
    learn();
    const found = new Set<string>();
    let clean = '';
    let copied = 0;
    let at = 0;
    while (at + PIECE <= text.length) {
      const id = pieces.get(text.slice(at, at + PIECE));
      if (id === undefined) {
        at++;
        continue;
      }
      // A run of pieces of the same secret is replaced as one.
      let end = at + PIECE;
      while (end < text.length && pieces.get(text.slice(end - PIECE + 1, end + 1)) === id) end++;
      found.add(id);
      clean += `${text.slice(copied, at)}[${id}]`;
      copied = end;
      at = end;
    }
    return found.size === 0 ? { text, found: [] } : { text: clean + text.slice(copied), found: [...found] };
  };

  return { add: (secret) => void unlearned.push(secret), redact };
}

function encodings(value: string): Set<string> {
  const forms = new Set([value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]);
  // Base64 depends on where the secret starts within a group of three bytes; characters at the edges mix with
  // the neighbours and are left out.
  for (const lead of ['', ' ', '  ']) {
    const encoded = Buffer.from(lead + value)
      .toString('base64')
      .replace(/=+$/, '');
    const inner = encoded.slice(lead.length === 0 ? 0 : lead.length + 1, -1);
    forms.add(inner);
    forms.add(inner.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return forms;
}
