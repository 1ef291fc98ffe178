// With what a tool rolls back, once its credential is over.

import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../mocks/index.ts';
import rollbackWithLiveCredential from '../../scenarios/checks/rollback-with-live-credential.ts';
import { verdictOf } from './ledgers.ts';
import { EXPIRED, goodStory, TOOL, toolStory } from './tool-ledgers.ts';

describe('rollback-with-live-credential', () => {
  const rollback = (code: number, ...answers: readonly ('ok' | Refusal)[]) => {
    const told = goodStory();
    told.step('rollback', code, code === 0 ? null : EXPIRED, ...answers);
    return verdictOf(rollbackWithLiveCredential, told.ledger, TOOL);
  };

  test('fails when the dead token is sent, even if it is renewed afterwards', () => {
    expect(rollback(10, 'expired').verdict).toBe('fail');
    expect(rollback(0, 'expired', 'ok').verdict).toBe('fail');
  });

  test('passes a refusal before anything is sent, and a live credential', () => {
    expect(rollback(10)).toMatchObject({ verdict: 'pass', message: expect.stringContaining('not at all') });
    expect(rollback(8, 'denied-by-policy').message).toContain('not at all');
    expect(rollback(0, 'ok').message).toContain('with a live one');
  });
});

test('rollback-with-live-credential cites the command that failed before, where there was one', () => {
  const told = goodStory();
  const rollback = told.step('rollback', 10, EXPIRED, 'expired');
  const sent = rollback.exchanges.map((exchange) => ('answered' in exchange ? exchange.answered : 0));
  expect(verdictOf(rollbackWithLiveCredential, told.ledger, TOOL)).toMatchObject({
    evidence: [told.expired.seq, ...sent],
  });
  const alone = toolStory();
  alone.step('rollback', 10, EXPIRED, 'expired');
  expect(verdictOf(rollbackWithLiveCredential, alone.ledger, TOOL)).toMatchObject({
    evidence: [expect.any(Number)],
  });
});

describe('a check of a tool that saw nothing says why', () => {
  const unseen = (told: ReturnType<typeof toolStory>) =>
    verdictOf(rollbackWithLiveCredential, told.ledger, TOOL);

  test('in the words of what could not be arranged, but not of promises that were not made', () => {
    const told = toolStory();
    told.step('valid', 0, null, 'ok');
    told.skip('rollback', 'It has no rollback.');
    told.skip('expired', 'It has no rollback.');
    told.skip('reauth', 'No command is named.');
    told.skip('env-var', 'No variable is named.');
    expect(unseen(told)).toEqual({
      verdict: 'inconclusive',
      message: 'No rollback was called. It has no rollback.',
    });
  });

  test.each([
    ['served all the same', 'expired', 'ok', true],
    ['refused', 'expired', 'expired', false],
    ['served by another step', 'valid', 'ok', false],
  ] as const)('where an expired credential was %s', (_how, step, truth, isHealed) => {
    const told = toolStory();
    told.step(step, 0, null, truth);
    expect(unseen(told).message.includes('renewed its credential by itself')).toBe(isHealed);
  });

  test('and does not judge others than tools', () => {
    expect(verdictOf(rollbackWithLiveCredential, toolStory().ledger).verdict).toBe('not-applicable');
  });
});
