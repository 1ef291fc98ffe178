// Every report over every kind of outcome, held against what it said before. UPDATE_GOLDEN=1 writes that anew.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { resultSchema } from '../../harness/result-schema.ts';
import { compare, REPORTS } from '../../reports/index.ts';
import { finding, resultOf, scenarioResult } from '../results.ts';
import { OUTCOMES } from './outcomes.ts';

const GOLDEN = join(import.meta.dirname, 'golden');
const WIDTH_MAX = 100;

function expectGolden(name: string, text: string): void {
  const file = join(GOLDEN, name);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(existsSync(file), `${name} is missing: run once with UPDATE_GOLDEN=1 and read it`).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const outcomes = Object.entries(OUTCOMES);
const named = (id: string) => {
  const report = REPORTS.find((one) => one.id === id);
  if (report === undefined) throw new Error(`no report ${id}`);
  return report;
};

describe.each(REPORTS.map((report) => [report.id, report] as const))('%s', (id, report) => {
  test.each(outcomes)('tells a result that is %s', (name, result) => {
    const text = report.render(result, { color: false, outDir: '.hour4' });
    expectGolden(`${name}.${id}.txt`, text);
    expect(text.endsWith('\n')).toBe(true);
    expect(stripVTControlCharacters(text)).toBe(text);
  });
});

describe('the text report', () => {
  test.each(outcomes)('has the same words in colour as without, when %s', (_name, result) => {
    const render = (color: boolean) => named('text').render(result, { color, outDir: '.hour4' });
    expect(render(true)).not.toBe(render(false));
    expect(stripVTControlCharacters(render(true))).toBe(render(false));
  });

  test.each(outcomes)(
    'stays within a screen when %s, but for code that must not be broken',
    (_name, result) => {
      const lines = named('text').render(result, { color: false, outDir: '.hour4' }).split('\n');
      expect(lines.filter((line) => line.length > WIDTH_MAX && !line.includes('`'))).toEqual([]);
    },
  );

  test('leaves no failure out', () => {
    for (const [, result] of outcomes) {
      const text = named('text').render(result, { color: false, outDir: '.hour4' });
      const failures = result.scenarios
        .flatMap(({ findings }) => findings)
        .filter(({ verdict }) => verdict === 'fail');
      for (const { check, fix } of failures) {
        expect(text).toContain(check);
        expect(text.replaceAll(/\s+/g, ' ')).toContain(fix);
      }
    }
  });

  test('shows ten accounts of a herd, and the rest as one', () => {
    const boundaries = Array.from({ length: 100 }, (_none, index) => ({
      service: 'crm',
      account: `tenant-${index + 1}-crm`,
      expiredAt: [1_800_000, 3_600_000],
      crossed: 1,
      refreshes: 3,
    }));
    const herd = resultOf([
      scenarioResult('herd-at-the-boundary', [finding('one-refresh', 'pass')], { boundaries }),
    ]);
    const text = named('text').render(herd, { color: false, outDir: '.hour4' });
    expect(text).toContain('tenant-10-crm');
    expect(text).not.toContain('tenant-11-crm');
    expect(text).toMatch(/and 90 more +90 of 180 expiries +270 refreshes/);
  });
});

describe('the JSON report', () => {
  test.each(outcomes)('is the result as it is when %s, of the published shape', (_name, result) => {
    const document = JSON.parse(named('json').render(result, { color: false, outDir: '.hour4' }));
    expect(document).toEqual(result);
    expect(resultSchema.safeParse(document).error).toBeUndefined();
  });

  test('of another shape is refused by the published one', () => {
    const [, result] = outcomes[0] ?? [];
    expect(resultSchema.safeParse({ ...result, schema: 'hour4/result@2' }).success).toBe(false);
    expect(resultSchema.safeParse({ ...result, more: 1 }).success).toBe(false);
  });
});

describe('what a subject says', () => {
  const HOSTILE =
    '<b onclick="x()">]]></failure> & \u0000\u001b[31m \ud800 | [click](http://evil.example) *now*';
  const result = resultOf([
    scenarioResult('hour-four', [finding('ends-clean', 'fail', { message: HOSTILE, fix: HOSTILE })]),
  ]);
  const render = (id: string) => named(id).render(result, { color: false, outDir: '.hour4' });

  test('is text in JUnit XML, whatever it holds', () => {
    const xml = render('junit');
    expect(xml).not.toContain('<b ');
    expect(xml).toContain('&lt;b onclick=&quot;x()&quot;&gt;');
    expect(xml.match(/<\/failure>/g)).toHaveLength(1);
    expect(xml).not.toMatch(/[^\P{Cc}\n]/u);
    expect(xml.isWellFormed()).toBe(true);
  });

  test('is text in Markdown, whatever it holds', () => {
    const text = render('markdown');
    expect(text).toContain('\\<b onclick="x()"\\>');
    expect(text).not.toContain('[click](');
  });
});

describe('a comparison', () => {
  const { passed, failed, inconclusive, broken } = OUTCOMES;
  const results = [passed, failed, inconclusive, broken].filter((result) => result !== undefined);

  test('stands side by side', () => {
    expectGolden('compare.txt', compare(results, { color: false }));
  });

  test('stands the same in colour', () => {
    expect(stripVTControlCharacters(compare(results, { color: true }))).toBe(
      compare(results, { color: false }),
    );
  });
});
