// What the ways out that a tool names are worth.

import { describe, expect, test } from 'vitest';
import type { ToolStep } from '../../harness/subjects/tool/steps.ts';
import type { Refusal } from '../../mocks/index.ts';
import reauthWorks from '../../scenarios/checks/reauth-works.ts';
import { brokerStory } from './broker-ledgers.ts';
import { MINUTE, verdictOf } from './ledgers.ts';
import { DENIED, EXPIRED, goodStory, TOOL, toolStory } from './tool-ledgers.ts';

describe('reauth-works', () => {
  const trial = (...steps: readonly (readonly [ToolStep, number, 'ok' | Refusal])[]) => {
    const told = goodStory();
    for (const [name, code, truth] of steps)
      told.step(name, code, code === 0 ? null : EXPIRED, ...(name === 'reauth' ? [] : [truth]));
    return verdictOf(reauthWorks, told.ledger, TOOL);
  };

  test('passes when the command ran and the call was answered', () => {
    expect(trial(['reauth', 0, 'ok'], ['repeat', 0, 'ok']).verdict).toBe('pass');
  });

  test('fails when the repeated call meets the dead token again, whatever the tool says of it', () => {
    expect(trial(['reauth', 0, 'ok'], ['repeat', 10, 'expired']).message).toContain('refused it as expired');
    expect(trial(['reauth', 0, 'ok'], ['repeat', 0, 'expired']).verdict).toBe('fail');
    expect(trial(['reauth', 1, 'ok'], ['repeat', 0, 'ok']).verdict).toBe('fail');
  });

  test('fails when no way out is named, and when it cannot be run', () => {
    const { reauth_command: _none, ...unnamed } = EXPIRED;
    const silent = toolStory();
    silent.step('expired', 10, unnamed, 'expired');
    expect(verdictOf(reauthWorks, silent.ledger, TOOL).message).toContain('names no `reauth_command`');
    const shell = goodStory();
    shell.skip('reauth', '`a && b` was not run. It needs a shell.');
    expect(verdictOf(reauthWorks, shell.ledger, TOOL).message).toContain('was not run');
  });

  test('fails a success that is claimed for a dead grant', () => {
    const told = toolStory();
    told.step('dead', 10, EXPIRED, 'expired');
    told.step('reauth', 0, null);
    expect(verdictOf(reauthWorks, told.ledger, TOOL).message).toContain('claimed success all the same');
  });
});

describe('reauth-works wants a way out named', () => {
  const { reauth_command: _none, ...unnamed } = EXPIRED;
  test.each<[ToolStep, Refusal]>([
    ['expired', 'expired'],
    ['dead', 'expired'],
    ['denied', 'denied-by-policy'],
    ['missing-scope', 'scope-missing'],
    ['never-valid', 'unknown-token'],
  ])('by an error for %s', (step, truth) => {
    const told = toolStory();
    const { seq } = told.step(step, 10, unnamed, truth);
    expect(verdictOf(reauthWorks, told.ledger, TOOL)).toMatchObject({ verdict: 'fail', evidence: [seq] });
  });

  test('but sees nothing where no credential failed', () => {
    const told = toolStory();
    told.step('valid', 0, null, 'ok');
    expect(verdictOf(reauthWorks, told.ledger, TOOL).verdict).toBe('inconclusive');
  });
});

describe('reauth-works holds a promise against', () => {
  test('the first error that made it', () => {
    const told = toolStory();
    const first = told.step('expired', 10, { ...EXPIRED, reauth_env_var: 'NEW_TOKEN' }, 'expired');
    told.step('cascade', 10, EXPIRED, 'expired');
    told.step('env-var', 10, EXPIRED, 'expired');
    const judgement = verdictOf(reauthWorks, told.ledger, TOOL);
    expect(judgement).toMatchObject({ verdict: 'fail', evidence: [first.seq] });
    expect(judgement.message).toContain('It promises that `NEW_TOKEN` heals it.');
  });

  test('nobody where the variable healed it, or could not be tried and was not promised', () => {
    const healed = toolStory();
    healed.step('expired', 10, { ...EXPIRED, reauth_env_var: 'NEW_TOKEN' }, 'expired');
    healed.step('env-var', 0, null, 'ok');
    expect(verdictOf(reauthWorks, healed.ledger, TOOL).verdict).toBe('pass');
    const { ledger, skip } = goodStory();
    skip('env-var', 'It names no variable.');
    expect(verdictOf(reauthWorks, ledger, TOOL).verdict).toBe('pass');
  });
});

describe('reauth-works looks after a denial whether the command is there', () => {
  const denial = (error = DENIED) => {
    const told = toolStory();
    const { seq } = told.step('denied', 8, error, 'denied-by-policy');
    return { ...told, seq };
  };

  test.each([
    ['was not run', 'fail', (told: ReturnType<typeof denial>) => told.skip('reauth', 'It was not run.')],
    ['died', 'fail', (told: ReturnType<typeof denial>) => told.step('reauth', null, null)],
    ['ran in vain', 'pass', (told: ReturnType<typeof denial>) => told.step('reauth', 1, EXPIRED)],
    ['was not asked for', 'pass', () => {}],
    [
      'was not what another step died of',
      'pass',
      (told: ReturnType<typeof denial>) => {
        told.skip('env-var', 'It names no variable.');
        told.step('not-found', null, null);
      },
    ],
  ])('it %s: %s', (_how, verdict, happen) => {
    const told = denial();
    happen(told);
    const judgement = verdictOf(reauthWorks, told.ledger, TOOL);
    expect(judgement).toMatchObject({ verdict, ...(verdict === 'fail' ? { evidence: [told.seq] } : {}) });
  });

  test('and says how it came back', () => {
    const told = denial();
    told.step('reauth', null, null);
    expect(verdictOf(reauthWorks, told.ledger, TOOL).message).toContain('did not exit by itself');
  });

  test('and tries nothing that is not named', () => {
    const { reauth_command: _none, ...unnamed } = DENIED;
    const told = denial(unnamed);
    told.skip('reauth', 'There is none.');
    expect(verdictOf(reauthWorks, told.ledger, TOOL).message).toContain('names no `reauth_command`.');
    expect(verdictOf(reauthWorks, told.ledger, TOOL).message).not.toContain('more');
  });
});

describe('reauth-works lets a command succeed', () => {
  test('that ran before the grant was over', () => {
    const told = goodStory();
    told.step('reauth', 0, null);
    told.step('repeat', 0, null, 'ok');
    told.step('dead', 10, EXPIRED, 'expired');
    expect(verdictOf(reauthWorks, told.ledger, TOOL).verdict).toBe('pass');
  });

  test('that found a grant which was alive all the same', () => {
    const told = toolStory();
    told.step('dead', 10, EXPIRED, 'expired');
    told.step('reauth', 0, null, 'refreshed');
    expect(verdictOf(reauthWorks, told.ledger, TOOL).verdict).toBe('pass');
  });

  test('but not where it claimed so of a dead grant, and cites that', () => {
    const told = toolStory();
    told.step('dead', 10, EXPIRED, 'expired');
    const { seq } = told.step('reauth', 0, null);
    expect(verdictOf(reauthWorks, told.ledger, TOOL)).toMatchObject({ evidence: [seq] });
  });
});

test.each(['agent', 'tool', 'broker'] as const)('reauth-works judges a subject of kind %s', (kind) => {
  expect(reauthWorks.kinds).toContain(kind);
});

test('reauth-works cites the end of a broker’s run in which the new consent healed nothing', () => {
  const told = brokerStory();
  const over = { code: 'REAUTH_REQUIRED', message: 'It is over.', retryable: false };
  told.ask('call').answer({ ok: false, error: { ...over, reauth_url: 'http://crm/oauth/authorize' } });
  told.ask('connect').answer(null, 204);
  told.at(MINUTE);
  const last = told.ask('call').answer({ ok: false, error: over });
  expect(verdictOf(reauthWorks, told.ledger, { kind: 'broker' })).toMatchObject({
    verdict: 'fail',
    evidence: [last],
    atMs: MINUTE,
  });
});
