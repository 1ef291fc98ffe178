// What goes through the proxy that was set before, and what goes past it.

import { describe, expect, test } from 'vitest';
import proxyRespected from '../../scenarios/checks/proxy-respected.ts';
import { brokerStory, done } from './broker-ledgers.ts';
import { account, story, verdictOf } from './ledgers.ts';

const ACCOUNTS = [account('acme-crm', 'crm', {}), account('acme-archive', 'archive', {})];
const reached = { direct: ['archive'], byProxy: ['crm'] };

const broker = () => brokerStory(ACCOUNTS, { reached });
const agent = () => story(ACCOUNTS, { reached });

/** One request as the wire shows it: by the proxy it names the origin that was asked. */
function request(told: ReturnType<typeof agent>, service: string, via?: string) {
  const common = { party: 'agent', exchange: 'x-9', service, endpoint: 'resource', route: 'items' } as const;
  const about = { effect: 'read', account: `acme-${service}`, meantFor: null, token: null } as const;
  const words = { method: 'GET', path: '/v1/items', query: {}, body: null };
  const by = via === undefined ? {} : { via };
  return told.append({ kind: 'exchange.opened', ...common, ...about, ...words, ...by }).seq;
}

describe('proxy-respected fails', () => {
  test('where a host that is listed is asked through the proxy', () => {
    const told = agent();
    const seq = request(told, 'archive', 'http://archive');
    expect(verdictOf(proxyRespected, told.ledger)).toMatchObject({ verdict: 'fail', evidence: [seq] });
  });

  test('where a broker’s call never reached what only the proxy leads to', () => {
    const told = broker();
    const { sent, answer } = told.ask('call', { account: 'acme-crm' });
    answer({ ok: false });
    expect(verdictOf(proxyRespected, told.ledger, { kind: 'broker' })).toMatchObject({
      verdict: 'fail',
      evidence: [sent],
    });
  });

  test('where an agent never came to a service that it uses in its twin', () => {
    const told = agent();
    request(told, 'archive');
    const twin = agent();
    request(twin, 'crm');
    expect(verdictOf(proxyRespected, told.ledger, { twin: twin.ledger }).message).toContain(
      'ever came to crm',
    );
  });
});

describe('proxy-respected passes', () => {
  test('where each goes its own way', () => {
    const told = agent();
    request(told, 'archive');
    request(told, 'crm', 'http://crm');
    expect(verdictOf(proxyRespected, told.ledger).verdict).toBe('pass');
    const asked = broker();
    const { answer } = asked.ask('call', { account: 'acme-crm', path: '/v1/items' });
    asked.upstream('ok', { account: 'acme-crm', path: '/v1/items' });
    answer(done());
    expect(verdictOf(proxyRespected, asked.ledger, { kind: 'broker' }).verdict).toBe('pass');
  });

  test('where an agent never uses a service at all', () => {
    const told = agent();
    request(told, 'archive');
    expect(verdictOf(proxyRespected, told.ledger, { twin: told.ledger }).verdict).toBe('pass');
  });
});

test('proxy-respected is inconclusive where there is no proxy, or nothing was sent', () => {
  expect(verdictOf(proxyRespected, story(ACCOUNTS).ledger).verdict).toBe('inconclusive');
  expect(verdictOf(proxyRespected, agent().ledger).verdict).toBe('inconclusive');
});
