// Bad client credentials at the start.

import { describe, expect, test } from 'vitest';
import startupProbe from '../../scenarios/checks/startup-probe.ts';
import { brokerStory, done } from './broker-ledgers.ts';
import { HOUR, verdictOf } from './ledgers.ts';

/** The secret was rotated after one hour, and the broker is started again after two. */
function restarted(act = 'rotate-client-secret') {
  const told = brokerStory();
  told.append({ kind: 'process.started', party: 'broker-0', resume: false });
  told.append({ kind: 'process.ready', party: 'broker-0' });
  told.at(HOUR);
  const spoiled = told.append({ kind: 'act', party: 'world', act, service: 'crm', account: 'acme-crm' });
  told.ask('call').answer(done());
  told.at(2 * HOUR);
  const started = told.append({ kind: 'process.started', party: 'broker-0', resume: true });
  told.later(100);
  const found = (seq: number) => ({ verdict: 'fail', evidence: [spoiled.seq, started.seq, seq] });
  return { ...told, found };
}

describe('startup-probe fails', () => {
  test.each(['rotate-client-secret', 'delete-client'])('when it says after %s that it is ready', (act) => {
    const { ledger, append, found } = restarted(act);
    const ready = append({ kind: 'process.ready', party: 'broker-0' });
    const judgement = verdictOf(startupProbe, ledger);
    expect(judgement).toMatchObject({ ...found(ready.seq), atMs: 2 * HOUR + 100 });
    expect(judgement.message).toContain('said that it was ready at 02:00:00');
  });

  test('when it answers a call, or ends as if all were well', () => {
    const { ledger, ask, found } = restarted();
    expect(verdictOf(startupProbe, ledger).verdict).toBe('pass');
    expect(verdictOf(startupProbe, ledger)).not.toMatchObject(found(0));
    const answered = ask('call').answer(done());
    expect(verdictOf(startupProbe, ledger)).toMatchObject(found(answered));
    const second = restarted();
    const end = second.append({ kind: 'process.exited', party: 'broker-0', code: 0, signal: null });
    expect(verdictOf(startupProbe, second.ledger)).toMatchObject(second.found(end.seq));
  });
});

describe('startup-probe passes', () => {
  test('when it ends non-zero, also when it is then mended and started again', () => {
    const { ledger, append } = restarted();
    append({ kind: 'process.exited', party: 'broker-0', code: 1, signal: null });
    expect(verdictOf(startupProbe, ledger)).toMatchObject({
      verdict: 'pass',
      message: '1 start with bad client credentials, and no work was taken.',
    });
  });

  test('when it stays unready, refuses calls, and ends with the story', () => {
    const { ledger, ask, at, append } = restarted();
    ask('call').answer(null, 503);
    append({ kind: 'process.ready', party: 'broker-1' });
    at(6 * HOUR);
    append({ kind: 'process.exited', party: 'broker-0', code: 0, signal: null });
    expect(verdictOf(startupProbe, ledger).verdict).toBe('pass');
  });
});

test('startup-probe is inconclusive where nothing was started after the credentials had gone bad', () => {
  const { ledger, append, later } = brokerStory();
  append({ kind: 'process.started', party: 'broker-0', resume: false });
  append({ kind: 'act', party: 'world', act: 'revoke', service: 'crm', account: 'acme-crm' });
  append({ kind: 'process.started', party: 'broker-0', resume: true });
  later(1);
  append({ kind: 'act', party: 'world', act: 'rotate-client-secret', service: 'crm', account: 'acme-crm' });
  expect(verdictOf(startupProbe, ledger).verdict).toBe('inconclusive');
});

describe('startup-probe looks at one start at a time', () => {
  test('until the next one of the same process', () => {
    const { ledger, append, found } = restarted();
    append({ kind: 'process.exited', party: 'broker-0', code: 1, signal: null });
    append({ kind: 'process.started', party: 'broker-1', resume: true });
    const again = append({ kind: 'process.started', party: 'broker-0', resume: true });
    const ready = append({ kind: 'process.ready', party: 'broker-0' });
    const [spoiled = 0] = found(0).evidence;
    expect(verdictOf(startupProbe, ledger)).toMatchObject({ evidence: [spoiled, again.seq, ready.seq] });
  });

  test('and cites the first sign of work, and the first act that spoiled the credentials', () => {
    const { ledger, append, ask, found } = restarted();
    const ready = append({ kind: 'process.ready', party: 'broker-0' });
    ask('call').answer(done());
    append({ kind: 'act', party: 'world', act: 'delete-client', service: 'crm', account: 'acme-crm' });
    append({ kind: 'process.started', party: 'broker-1', resume: true });
    append({ kind: 'process.ready', party: 'broker-1' });
    const judgement = verdictOf(startupProbe, ledger);
    const [first = 0] = found(0).evidence;
    expect(judgement.message).toContain('It happened once more.');
    expect(judgement).toMatchObject({ evidence: expect.arrayContaining([first, ready.seq]) });
  });

  test('and not until another process’s', () => {
    const { ledger, append, found } = restarted();
    append({ kind: 'process.started', party: 'broker-1', resume: true });
    const ready = append({ kind: 'process.ready', party: 'broker-0' });
    expect(verdictOf(startupProbe, ledger)).toMatchObject(found(ready.seq));
  });

  test.each([
    ['answered a call', (told: ReturnType<typeof restarted>) => told.ask('call').answer(done())],
    [
      'ended as if all were well',
      (told: ReturnType<typeof restarted>) =>
        told.append({ kind: 'process.exited', party: 'broker-0', code: 0, signal: null }),
    ],
  ])('and says by what it saw that work was taken: it %s', (did, happen) => {
    const told = restarted();
    happen(told);
    expect(verdictOf(startupProbe, told.ledger).message).toContain(`, ${did} at 02:00:00`);
  });

  test('and takes nothing else for work: a request of its own that was answered, or what it was asked', () => {
    const { ledger, upstream, ask } = restarted();
    upstream('ok');
    ask('status');
    expect(verdictOf(startupProbe, ledger).verdict).toBe('pass');
  });
});
