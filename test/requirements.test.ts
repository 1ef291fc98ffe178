// Every sentence of the three documents that hour4 grew from is judged by something that exists, or has a reason why not.

import { describe, expect, test } from 'vitest';
import { checksAskedBy } from '../harness/scenario.ts';
import { CHECKS } from '../scenarios/checks/index.ts';
import { SCENARIOS } from '../scenarios/index.ts';
import data from '../scenarios/requirements.json' with { type: 'json' };

interface Requirement {
  readonly document: string;
  readonly lines: readonly number[];
  readonly claim: string;
  readonly checks?: readonly string[];
  readonly scenarios?: readonly string[];
  readonly untestable?: string;
}

const DOCUMENTS: Readonly<Record<string, { readonly lines: number }>> = data.documents;
const REQUIREMENTS: readonly Requirement[] = data.requirements;

const nameOf = ({ document, lines, claim }: Requirement) => `${document}:${lines.join('-')} ${claim}`;

const askedBy = (id: string): ReadonlySet<string> =>
  new Set(
    SCENARIOS.filter((scenario) => scenario.id === id).flatMap((scenario) => [...checksAskedBy(scenario)]),
  );

describe.each(Object.entries(DOCUMENTS))('%s', (document, { lines }) => {
  const own = REQUIREMENTS.filter((requirement) => requirement.document === document);

  test('no line is left out', () => {
    const covered = new Set(
      own.flatMap(({ lines: [first = 0, last = 0] }) =>
        Array.from({ length: last - first + 1 }, (_, index) => first + index),
      ),
    );
    expect([...covered].sort((a, b) => a - b)).toEqual(
      Array.from({ length: lines }, (_, index) => index + 1),
    );
  });

  test('the claims stand in the order of the document', () => {
    const starts = own.map(({ lines: [first = 0] }) => first);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
});

test('each claim is judged by something, or says why it cannot be', () => {
  const wrong = REQUIREMENTS.filter(({ checks = [], scenarios = [], untestable = '' }) => {
    const judged = checks.length + scenarios.length > 0;
    return judged === (untestable !== '');
  });
  expect(wrong.map(nameOf)).toEqual([]);
});

test('what judges it exists', () => {
  const known = new Set([...CHECKS, ...SCENARIOS].map(({ id }) => id));
  const unknown = REQUIREMENTS.flatMap(({ checks = [], scenarios = [] }) => [...checks, ...scenarios]).filter(
    (id) => !known.has(id),
  );
  expect(unknown).toEqual([]);
});

test('each check is asked in a scenario beside it, and each scenario asks a check beside it', () => {
  const apart = REQUIREMENTS.flatMap((requirement) => {
    const { checks = [], scenarios = [] } = requirement;
    const asked = scenarios.map(askedBy);
    const lonely = checks.filter((check) => !asked.some((ids) => ids.has(check)));
    const idle = scenarios.filter(
      (_, index) => checks.length > 0 && !checks.some((id) => asked[index]?.has(id)),
    );
    return [...lonely, ...idle].map((id) => `${nameOf(requirement)}: ${id}`);
  });
  expect(apart).toEqual([]);
});

test('no claim is made twice', () => {
  const claims = REQUIREMENTS.filter(({ claim }) => !claim.startsWith('Heading')).map(
    ({ document, claim }) => `${document} ${claim}`,
  );
  expect(claims.filter((claim, index) => claims.indexOf(claim) !== index)).toEqual([]);
});

test('every check is asked for by a document, or by what has happened to others', () => {
  const asked = new Set(REQUIREMENTS.flatMap(({ checks = [] }) => checks));
  // Threads about real programs asked for these; the documents do not.
  const FROM_INCIDENTS = ['no-secret-leaked'];
  expect(CHECKS.map(({ id }) => id).filter((id) => !asked.has(id) && !FROM_INCIDENTS.includes(id))).toEqual(
    [],
  );
});
