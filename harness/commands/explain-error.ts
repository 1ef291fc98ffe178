// `hour4 explain AADSTS700082`: whose error it is, what can be behind it, how to meet it, and the way out.

import { type ErrorRow, errorRows, type Remedy, type Service } from '../../mocks/index.ts';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../errors.ts';
import { type FactTold, whoSays } from './said.ts';

/** A heading, or none, with its text. */
export type Section = readonly [heading: string, text: string];

const WAYS_OUT: Readonly<Record<Remedy, string>> = {
  refresh: 'exchange the refresh token for a new access token, then repeat the call once',
  reauthorize: 'stop using this grant and ask the resource owner for a new one; no retry helps',
  operator: "mend the client's configuration or its rights; no user and no retry can heal it",
  request: 'mend the request; the credential is fine',
  wait: 'repeat the same request later: after Retry-After, or with growing pauses',
};

const BODY_SHOWN = 400;
/** More rows than this are told in one line each. */
const TOLD_WHOLE = 4;

/**
 * What is to be known of an error.
 * @param words a code, a part of a message, or a status; matched as whole words where that is possible
 * @param otherwise ids that may have been meant instead, for the hint
 * @throws UsageError where no service says so
 */
export function aboutError(
  words: string,
  services: readonly Service[],
  otherwise: readonly string[] = [],
): readonly Section[] {
  const found = whoSays(words, services.flatMap(errorRows), services);
  if (found === null) throw nothingSays(words, services, otherwise);
  if (found.by === 'facts') return found.facts.flatMap(wholeFact);
  const told = toldOf(words, found.rows);
  return found.by === 'words' ? told : [['', 'no service says just that; the nearest to it:'], ...told];
}

function toldOf(words: string, rows: readonly ErrorRow[]): readonly Section[] {
  if (rows.length <= TOLD_WHOLE) return rows.flatMap(wholeRow);
  const lines = rows.map(
    ({ service, id, at, status, causes }) => `${service} (${at}, ${status}, ${id}): ${remediesOf(causes)}`,
  );
  return [
    [
      '',
      `"${words}" is said in ${rows.length} ways, by ${distinct(rows.map(({ service }) => service)).length} services`,
    ],
    ['Who says it, and the way out', lines.join('\n')],
    ['To see one of them whole', `hour4 explain ${JSON.stringify(words)} --service ${rows[0]?.service}`],
  ];
}

function nothingSays(words: string, services: readonly Service[], otherwise: readonly string[]): UsageError {
  const who =
    services.length === 1 ? `${services[0]?.id} never says` : 'no check, no scenario, and no service says';
  // An id has no blank in it: who writes one has a message in hand.
  const isMessage = otherwise.length === 0 || /\s/.test(words.trim());
  const hint = isMessage ? 'give a shorter piece of the message' : nearest(words, otherwise);
  return new UsageError(`explain: ${who} "${words}": ${hint}`);
}

function wholeFact({ service, about, says, source, sureness }: FactTold): readonly Section[] {
  return [
    ['', `${service}: ${about}`],
    ['It is known that', says],
    ['Known from', `${source} (${sureness})`],
  ];
}

function wholeRow(row: ErrorRow): readonly Section[] {
  const { service, id, at, variant, status, headers, body, causes, producedBy, source, sureness } = row;
  const challenge = headers['www-authenticate'];
  const words = [
    String(status),
    ...(challenge === undefined ? [] : [`www-authenticate: ${challenge}`]),
    body === '' ? '(no body)' : shortened(body),
  ];
  return [
    ['', `${service}: ${id}, at the ${at} endpoint${variant === null ? '' : `, variant ${variant}`}`],
    ['It says', words.join('\n')],
    ['What can be behind it', causes.map(({ cause, meaning }) => `${cause}: ${meaning}`).join('\n')],
    ['The way out', wayOut(row)],
    ['How to meet it', producedBy],
    ['Known from', `${source} (${sureness})`],
  ];
}

// Where the same words stand for causes with different remedies, the words alone do not say what to do.
function wayOut({ causes }: ErrorRow): string {
  const remedies = distinct(causes.map(({ remedy }) => remedy));
  if (remedies.length === 1) return remedies.map((remedy) => WAYS_OUT[remedy]).join('');
  return remedies
    .map((remedy) => {
      const of = causes.filter((each) => each.remedy === remedy).map(({ cause }) => cause);
      return `${of.join(', ')}: ${WAYS_OUT[remedy]}`;
    })
    .join('\n');
}

const remediesOf = (causes: ErrorRow['causes']) => distinct(causes.map(({ remedy }) => remedy)).join(' or ');
const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
const shortened = (text: string) => (text.length <= BODY_SHOWN ? text : `${text.slice(0, BODY_SHOWN)} ...`);
