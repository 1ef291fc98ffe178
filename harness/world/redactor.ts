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
  /** Marks every character, by its code unit, that occurs in any secret. */
  const letters = new Uint8Array(0x1_0000);
  // Cut into grams only when a text is first looked at: a load that is never captured need not pay for it.
  let unlearned: Secret[] = [];

  const learn = () => {
    for (const { id, value } of unlearned) {
      for (const form of encodings(value)) {
        for (let at = 0; at < form.length; at++) letters[form.charCodeAt(at)] = 1;
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
      const stranger = lastStranger(letters, text, at);
      if (stranger >= at) {
        at = stranger + 1;
        continue;
      }
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

// Where, in the gram that would begin here, the last character stands that no secret has; before it if there is none. Most
// of what is looked at is JSON, whose quotes and commas are such characters, and whole grams are passed over at once.
function lastStranger(letters: Uint8Array, text: string, at: number): number {
  let last = at + GRAM - 1;
  while (last >= at && letters[text.charCodeAt(last)] === 1) last--;
  return last;
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
