// How a subject ends.

import { describe, expect, test } from 'vitest';
import type { Ending } from '../../harness/check.ts';
import endsClean from '../../scenarios/checks/ends-clean.ts';
import { brokerStory } from './broker-ledgers.ts';
import { HOUR, story, verdictOf } from './ledgers.ts';

describe('ends-clean fails', () => {
  test('when hour4 had to end it, in the words of the one who did', () => {
    const { ledger, at, append } = story();
    at(HOUR);
    const why = 'It printed more than 10485760 bytes to stdout.';
    const killed = append({ kind: 'process.killed', party: 'agent', reason: why });
    const judgement = verdictOf(endsClean, ledger, { ending: { kind: 'killed', why } });
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [killed.seq], atMs: HOUR });
    expect(judgement.message).toContain(why);
  });

  test('when it died of a signal, or with a failure code and no word', () => {
    const { ledger, append, claim } = story();
    const exited = append({ kind: 'process.exited', party: 'agent', code: 1, signal: null });
    claim({ status: 'failed' }, 'exit-code');
    const evidence = [exited.seq];
    expect(verdictOf(endsClean, ledger, { ending: { kind: 'exited', code: 1 } })).toMatchObject({
      verdict: 'fail',
      evidence,
    });
    expect(verdictOf(endsClean, ledger, { ending: { kind: 'signalled', signal: 'SIGABRT' } })).toMatchObject({
      verdict: 'fail',
      evidence,
    });
  });
});

describe('ends-clean fails, too,', () => {
  const why = 'It hung for 5 minutes.';
  const ending: Ending = { kind: 'killed', why };

  test.each([
    ['agent', 'It should have ended by itself, with a claim.'],
    ['tool', 'It should have ended by itself.'],
    ['broker', 'It should have served until it was told to stop, and then stopped.'],
  ] as const)('and tells the %s what it should have done', (kind, said) => {
    const { ledger, call, later } = story();
    call('ok');
    later(HOUR);
    call('ok');
    const judgement = verdictOf(endsClean, ledger, { ending, kind });
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [], atMs: HOUR + 100 });
    expect(judgement.message).toContain(said);
  });

  test('with the signal of which it died', () => {
    const signalled: Ending = { kind: 'signalled', signal: 'SIGABRT' };
    expect(verdictOf(endsClean, story().ledger, { ending: signalled }).message).toContain('SIGABRT');
  });

  test('where no claim of several was its own', () => {
    const { ledger, claim } = story();
    claim({ status: 'failed' }, 'exit-code');
    expect(verdictOf(endsClean, ledger, { ending: { kind: 'exited', code: 1 } }).verdict).toBe('fail');
  });

  test('by the last end that is recorded, which may be that of a call', () => {
    const { ledger, append, at } = story();
    const returned = (otherwise: string | null) =>
      append({
        kind: 'call.returned',
        party: 'tool',
        step: 'expired',
        exitCode: otherwise === null ? 0 : null,
        otherwise,
        reading: { ok: true, error: null, text: 'done', oddities: [] },
      });
    append({ kind: 'process.killed', party: 'tool', reason: why });
    at(HOUR);
    const forced = returned('It was ended.');
    returned(null);
    append({ kind: 'process.started', party: 'tool', resume: false });
    expect(verdictOf(endsClean, ledger, { ending, kind: 'tool' })).toMatchObject({
      evidence: [forced.seq],
      atMs: HOUR,
    });
  });

  test('when a broker leaves a question without an answer', () => {
    const { ledger, ask } = brokerStory();
    const call = ask('call');
    const failed = call.answer(null, null, 'The connection was closed.');
    expect(verdictOf(endsClean, ledger, { kind: 'broker' })).toMatchObject({
      verdict: 'fail',
      evidence: [call.sent, failed],
    });
  });
});

describe('ends-clean passes', () => {
  test('when it exits with 0', () => {
    expect(verdictOf(endsClean, story().ledger).verdict).toBe('pass');
  });

  test('when it says that it failed and exits with the code that says so too', () => {
    const { ledger, claim } = story();
    claim({ status: 'failed' }, 'exit-code');
    claim({ status: 'failed', error: { code: 'REAUTH_REQUIRED', message: 'salesforce' } });
    expect(verdictOf(endsClean, ledger, { ending: { kind: 'exited', code: 10 } }).verdict).toBe('pass');
  });
});
