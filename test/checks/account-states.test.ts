// What a broker says of the state of an account.

import { describe, expect, test } from 'vitest';
import claimsTrue from '../../scenarios/checks/claims-true.ts';
import { CRM, grantStory, OTHER } from './grant-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';

type Story = ReturnType<typeof grantStory>;

const BROKER = { kind: 'broker' } as const;
const verdict = ({ ledger }: Story) => verdictOf(claimsTrue, ledger, BROKER);

/** Asks for the state of an account. */
function states(story: Story, status: string | null, id = CRM) {
  const { sent, answer } = told(story, id);
  answer(status === null ? null : { status });
  return { sent };
}

function told(story: Story, id: string) {
  const common = { party: 'broker-0', operation: 'status', call: `s-${id}`, account: id } as const;
  const nothing = { method: null, path: null, body: null, agent: null, task: null };
  const { seq: sent } = story.append({ kind: 'call.sent', ...common, ...nothing });
  const answer = (result: { status: string } | null) =>
    story.append({ kind: 'call.returned', ...common, status: 200, result, failure: null });
  return { sent, answer };
}

describe('a state is false', () => {
  test.each(['active', 'expiring'])('that calls %s what was refused for good', (status) => {
    const story = grantStory();
    const { answered } = story.refusedRefresh(CRM, 'revoked-by-user');
    story.later(5000);
    const { sent } = states(story, status);
    expect(verdict(story)).toMatchObject({ verdict: 'fail', evidence: [answered, sent], atMs: 5050 });
    expect(verdict(story).message).toContain('its refresh was refused for good at 00:00:00');
  });

  test('that calls active what the service has told to be over', () => {
    const story = grantStory();
    story.revoke(`${CRM}/rt-1`, 'revoked-by-user');
    story.message(CRM);
    story.later(MINUTE);
    states(story, 'active');
    expect(verdict(story).message).toContain('its service had told so');
  });

  test.each(['reauth_required', 'revoked'])('that calls %s what goes on to be called', (status) => {
    const story = grantStory();
    const { sent } = states(story, status);
    story.ask(CRM, 'NO');
    const served = story.ask(CRM);
    expect(verdict(story)).toMatchObject({ verdict: 'fail', evidence: [sent, served.sent] });
  });
});

describe('a state is true', () => {
  const ways: readonly (readonly [string, (story: Story) => unknown])[] = [
    ['of a grant that lives', (story) => states(story, 'active')],
    [
      'right after the refusal: the others may not have heard of it',
      (story) => {
        story.refusedRefresh(CRM, 'revoked-by-user');
        story.later(4999);
        states(story, 'active');
      },
    ],
    [
      'of another account than the one that was refused',
      (story) => {
        story.refusedRefresh(OTHER, 'revoked-by-user');
        story.later(MINUTE);
        states(story, 'active');
      },
    ],
    [
      'after a new consent',
      (story) => {
        story.connect();
        story.refusedRefresh(CRM, 'revoked-by-user');
        story.connect();
        story.later(MINUTE);
        states(story, 'active');
      },
    ],
    [
      'that calls over what is over',
      (story) => {
        story.refusedRefresh(CRM, 'revoked-by-user');
        story.later(MINUTE);
        states(story, 'reauth_required');
        story.ask(CRM, 'REAUTH_REQUIRED');
        story.ask(OTHER);
      },
    ],
    [
      'that calls over what is called again after a new consent',
      (story) => {
        story.connect();
        story.ask(CRM);
        states(story, 'reauth_required');
        story.connect();
        story.ask(CRM);
      },
    ],
    [
      'that is a matter of the access token',
      (story) => {
        states(story, 'expired');
        story.ask(CRM);
      },
    ],
  ];
  test.each(ways)('%s', (_title, tell) => {
    const story = grantStory();
    tell(story);
    expect(verdict(story)).toEqual({
      verdict: 'pass',
      message: '1 state of accounts told, and none was false.',
    });
  });

  test('that is late by seconds of a clock that is compressed', () => {
    const story = grantStory();
    story.refusedRefresh(CRM, 'revoked-by-user');
    story.later(MINUTE);
    states(story, 'active');
    const { ledger } = story;
    const world = { ...ledger.world, mode: 'compressed', timeFactor: 360 } as const;
    const compressed = { ...ledger, entries: ledger.entries, world };
    expect(verdictOf(claimsTrue, compressed, BROKER).verdict).toBe('pass');
  });
});

test('a broker that tells no state is not judged by it', () => {
  const story = grantStory();
  expect(verdict(story).verdict).toBe('not-applicable');
  states(story, null);
  told(story, OTHER);
  expect(verdict(story).verdict).toBe('not-applicable');
});
