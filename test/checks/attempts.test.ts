// A request and its end: in which order answers came, whose they were, and what the sender of the next one knew.

import { describe, expect, test } from 'vitest';
import type { Json } from '../../mocks/index.ts';
import {
  attemptsOf,
  inOrderOfAnswer,
  isAnswered,
  isDisguised,
  isRefused,
  knewTheAnswer,
  ownerOf,
} from '../../scenarios/checks/attempts.ts';
import { story } from './ledgers.ts';

const answered = (told: ReturnType<typeof story>) => attemptsOf(told.ledger).filter(isAnswered);

test('answers are put in the order in which they came', () => {
  const told = story();
  const opened = [told.open({}), told.open({}), told.open({})] as const;
  told.answer(opened[1], 'ok');
  told.answer(opened[2], 'ok');
  told.answer(opened[0], 'ok');
  const order = inOrderOfAnswer(answered(told)).map((attempt) => attempt.opened.seq);
  expect(order).toEqual([opened[1].opened, opened[2].opened, opened[0].opened]);
});

test('an attempt belongs to the account of its token, else to whom it was meant for, else to the service', () => {
  const told = story();
  told.call('ok', { account: 'acme-hubspot', meantFor: 'other' });
  told.call('ok', { account: null, meantFor: 'other' });
  told.call('ok', { account: null, service: 'hubspot' });
  expect(attemptsOf(told.ledger).map(ownerOf)).toEqual(['acme-hubspot', 'other', 'hubspot']);
});

describe('a refusal is disguised', () => {
  const answers: readonly (readonly [number, Json, boolean])[] = [
    [200, '<html>Sign in</html>', true],
    [302, null, true],
    [200, { ok: false }, false],
    [400, null, false],
    [401, 'no', false],
  ];
  test.each(answers)('with %d and %j: %s', (status, answer, isSo) => {
    const told = story();
    told.call('expired', { status, answer });
    // No body is `null`, and not a word more.
    const refused = answered(told).filter(isRefused);
    expect(refused.map((each) => isDisguised({ ...each, end: { ...each.end, body: answer } }))).toEqual([
      isSo,
    ]);
  });
});

describe('of two requests the sender of the later one', () => {
  const ways: readonly (readonly [string, (told: ReturnType<typeof story>) => void, boolean])[] = [
    [
      'does not know an answer that comes after it was sent',
      (told) => {
        const first = told.open({});
        told.later(50);
        told.open({});
        told.later(50);
        told.answer(first, 'expired');
      },
      false,
    ],
    [
      'knows an answer of before',
      (told) => {
        told.call('expired');
        told.later(1);
        told.open({ path: '/other' });
      },
      true,
    ],
    [
      'is taken to know an answer of this very moment when it asks the same again',
      (told) => {
        told.call('expired');
        told.open({});
      },
      true,
    ],
    [
      'is not when it asks for something else',
      (told) => {
        told.call('expired');
        told.open({ path: '/other' });
      },
      false,
    ],
    [
      'is not when all of it is one moment',
      (told) => {
        told.call('expired', { tookMs: 0 });
        told.open({});
      },
      false,
    ],
    [
      'does not, be it later and the same, when the answer was on its way still',
      (told) => {
        const first = told.open({});
        told.later(50);
        told.open({});
        told.answer(first, 'expired');
      },
      false,
    ],
  ];
  test.each(ways)('%s', (_title, tell, knows) => {
    const told = story();
    tell(told);
    const [earlier] = answered(told);
    const later = attemptsOf(told.ledger).at(-1);
    expect(earlier && later && knewTheAnswer(later, earlier)).toBe(knows);
  });
});
