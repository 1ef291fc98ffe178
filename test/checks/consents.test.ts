// Which tokens came of a new consent, and which it replaces.

import { describe, expect, test } from 'vitest';
import { replacements, resumptions } from '../../scenarios/checks/consents.ts';
import { consentsAskedFor } from '../../scenarios/checks/signals.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';

/** Somebody consents anew: a code is exchanged for tokens. */
function consents({ open, mint }: ReturnType<typeof grantStory>, id = CRM) {
  const { common } = open({ account: null, token: null, endpoint: 'token', method: 'POST', service: 'crm' });
  const access = mint(id, 'access', null, common.exchange);
  return { access, refresh: mint(id, 'refresh', null, common.exchange) };
}

describe('an agent’s new grant', () => {
  test('begins with tokens that came of no refresh', () => {
    const story = grantStory();
    story.refresh(CRM);
    story.later(100);
    consents(story);
    story.refresh(CRM, { token: `${CRM}/rt-2`, rotates: true });
    expect(resumptions(story.ledger)).toMatchObject([{ account: CRM, at: 150 }]);
  });

  test('is none where a broker is connected', () => {
    const story = grantStory();
    story.connect(CRM);
    consents(story);
    expect(resumptions(story.ledger)).toEqual([]);
  });
});

describe('a consent that a broker takes', () => {
  test('replaces all tokens of its account that were there before it', () => {
    const story = grantStory();
    story.connect(CRM);
    const { access } = story.refresh(CRM);
    consents(story);
    consents(story, OTHER);
    story.later(10);
    story.connect(CRM);
    const [only, ...more] = replacements(story.ledger);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ account: CRM, takenAtMs: 60 });
    expect([...(only?.replaced ?? [])]).toEqual([`${CRM}/rt-1`, `${CRM}/at-1`, access]);
  });

  test('replaces nothing where it was not taken, or brings no tokens', () => {
    const refused = grantStory();
    refused.connect(CRM);
    consents(refused);
    refused.connect(CRM, 409);
    expect(replacements(refused.ledger)).toEqual([]);
    const empty = grantStory();
    empty.connect(CRM);
    consents(empty, OTHER);
    empty.connect(CRM);
    consents(empty);
    expect(replacements(empty.ledger)).toEqual([]);
  });
});

test('a consent is asked for by events and by claims, in the order in which they came', () => {
  const story = grantStory();
  const claimed = story.claim({ status: 'paused', reauth: [{ account: CRM, reason: 'over' }] });
  const told = story.signal('reauth_required');
  story.signal('reauth_required', OTHER);
  story.signal('reauth_succeeded');
  story.claim({ status: 'paused', skipped: [{ account: CRM, reason: 'over' }] });
  expect(consentsAskedFor(story.ledger, CRM).map(({ seq }) => seq)).toEqual([claimed, told]);
});
