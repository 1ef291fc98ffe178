// How a subject ends.

import { describe, expect, test } from 'vitest';
import endsClean from '../../scenarios/checks/ends-clean.ts';
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

describe('ends-clean passes', () => {
  test('when it exits with 0', () => {
    expect(verdictOf(endsClean, story().ledger).verdict).toBe('pass');
  });

  test('when it says that it failed and exits with the code that says so too', () => {
    const { ledger, claim } = story();
    claim({ status: 'failed', error: { code: 'REAUTH_REQUIRED', message: 'salesforce' } });
    expect(verdictOf(endsClean, ledger, { ending: { kind: 'exited', code: 10 } }).verdict).toBe('pass');
  });
});
