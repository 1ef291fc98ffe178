// What counts as a word of trouble.

import { describe, expect, test } from 'vitest';
import { namesIn, tellingsOf } from '../../scenarios/checks/tellings.ts';
import { runOf, story } from './ledgers.ts';

const printing = (stdout: string, stderr = '') =>
  tellingsOf(runOf(story().ledger, { printed: { stdout, stderr } }));

describe('a line tells of trouble', () => {
  test.each([
    'crm said 400',
    'crm said 401',
    'crm said 403',
    'its token expired',
    'it was revoked',
    'it was refused',
    'it was rejected',
    'they deny it',
    'it was denied',
    'we are unauthorized',
    'we are UNAUTHORISED',
    'that is forbidden',
    'it is invalid',
    'invalid_grant',
    'bad_client',
    'reauth is due',
    're-auth is due',
    'reauthorize it',
    'reconnect it',
    'it was reconnected',
    'it will fail',
    'it failed',
    'one error',
    'two errors',
    'it was skipped',
    'it is dead',
    'it is lost',
    'it is gone',
    'it is terminal',
    'it was dropped',
    'we abandon it',
    'it was abandoned',
    'it was given up',
    'we are giving up',
    'we gave up',
    'it is no longer there',
    'we cannot reach it',
    'we could not reach it',
    'we are unable to',
    'we go on without it',
  ])('%s', (line) => {
    expect(printing(`all is well\n${line}\nall is well`)).toEqual([line]);
    expect(printing('', line)).toEqual([line]);
  });

  test.each(['402 rows', '4010 rows', 'denizens of crm', 'row 1 of 80 written'])('but not: %s', (line) => {
    expect(printing(line)).toEqual([]);
  });
});

test('events and the error of a claim are looked at for such words; what a claim lists is trouble by itself', () => {
  const told = story();
  const event = { type: 'reauth_required', account: 'acme-crm' };
  for (const each of [event, { type: 'progress' }])
    told.append({ kind: 'event.received', party: 'agent', event: each, via: 'http' });
  const skipped = [{ item: '7001', reason: 'x' }];
  const reauth = [{ account: 'acme-crm', reason: 'y' }];
  const error = { code: 'TOKEN_EXPIRED', message: 'It was refused.' };
  told.claim({ status: 'partial', skipped, reauth, error });
  expect(tellingsOf(runOf(told.ledger))).toEqual(
    [...skipped, ...reauth, event, error].map((each) => JSON.stringify(each)),
  );
  told.claim({ status: 'failed', error: { code: 'E', message: 'Later.' } });
  expect(tellingsOf(runOf(told.ledger))).toEqual([JSON.stringify(event)]);
  told.claim({ status: 'completed' });
  expect(tellingsOf(runOf(told.ledger))).toEqual([JSON.stringify(event)]);
});

test('names are the words of a text, in lower case', () => {
  expect([...namesIn(['Acme-CRM: failed'])]).toEqual(['acme-crm: failed', 'acme-crm', 'failed']);
});
