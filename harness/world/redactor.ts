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
/** Of every secret the texts of this length are known that begin at each STEP: one of them lies in any piece. */
const GRAM = 12;
const STEP = PIECE - GRAM + 1;

/** Where in which secret a gram stands. */
interface Place {
  readonly id: string;
  readonly form: string;
  readonly offset: number;
}

/** A redactor that knows nothing yet. */
export function createRedactor(): Redactor {
  const places = new Map<string, Place[]>();
  // Cut into grams only when a text is first looked at: a load that is never captured need not pay for it.
  let unlearned: Secret[] = [];

  const learn = () => {
    for (const { id, value } of unlearned) {
      for (const form of encodings(value)) {
        for (let offset = 0; offset + GRAM <= form.length; offset += STEP) {
          const gram = form.slice(offset, offset + GRAM);
          const known = places.get(gram);
          if (known === undefined) places.set(gram, [{ id, form, offset }]);
          else known.push({ id, form, offset });
        }
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
    while (at + GRAM <= text.length) {
      const piece = longest(places.get(text.slice(at, at + GRAM)), text, at, copied);
      if (piece === null) {
        at++;
        continue;
      }
      found.add(piece.id);
      clean += `${text.slice(copied, piece.start)}[${piece.id}]`;
      copied = piece.end;
      at = piece.end;
    }
    return found.size === 0 ? { text, found: [] } : { text: clean + text.slice(copied), found: [...found] };
  };

  return { add: (secret) => void unlearned.push(secret), redact };
}

interface Piece {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

// The longest stretch around a gram that is part of a secret; null where none is long enough.
function longest(places: readonly Place[] | undefined, text: string, at: number, from: number): Piece | null {
  let best: Piece | null = null;
  for (const { id, form, offset } of places ?? []) {
    let start = at;
    let end = at + GRAM;
    while (start > from && text[start - 1] === form[offset - (at - start) - 1]) start--;
    while (end < text.length && text[end] === form[offset + (end - at)]) end++;
    if (end - start >= PIECE && (best === null || end - start > best.end - best.start))
      best = { id, start, end };
  }
  return best;
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
