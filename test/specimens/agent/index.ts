// Every agent specimen, what it must fail, and nothing else.

import type { ServiceKnobs } from '../../../harness/config/knobs.ts';
import { channelIdOf } from '../../../mocks/services/slack/workspace.ts';
import type { Errands } from './errands.ts';

/** A specimen: a small agent with one known disease, or none. */
export interface Specimen {
  readonly id: string;
  /** Its file beside this one, without the ending. */
  readonly module: string;
  /** Whether its services replace refresh tokens at every use. */
  readonly rotating?: true;
  /** Its one service and its own job; absent = the overnight job. */
  readonly own?: { readonly services: Readonly<Record<string, ServiceKnobs>>; readonly job: Errands };
  /** The scenarios in which it is examined; absent = all of them. */
  readonly in?: readonly string[];
  /** The checks that fail in one scenario or another, in catalogue order. */
  readonly fails: readonly string[];
  /** The first finding; null for the healthy. */
  readonly named: string | null;
}

const MINUTE_MS = 60_000;

const SLACK: Specimen['own'] = {
  services: { slack: {} },
  job: {
    everyMs: 5 * MINUTE_MS,
    call: {
      path: '/api/chat.postMessage',
      body: { channel: channelIdOf('acme', 'general'), text: 'round {round}' },
    },
  },
};
const GITHUB: Specimen['own'] = {
  services: { github: {} },
  job: {
    everyMs: 5 * MINUTE_MS,
    call: { path: '/repos/acme/website/issues', body: { title: 'round {round}' } },
  },
};
const SHOPIFY: Specimen['own'] = {
  services: { shopify: {} },
  job: {
    everyMs: 5 * MINUTE_MS,
    call: {
      path: '/admin/api/2026-07/graphql.json',
      body: { query: '{ products(first: 1) { nodes { id } } }' },
    },
  },
};
const KEY: Specimen['own'] = {
  services: { openai: {} },
  job: { everyMs: 5 * MINUTE_MS, call: { path: '/v1/vector_stores', body: { name: 'round {round}' } } },
};
const LONG_JOB: Specimen['own'] = {
  services: { plain: {} },
  job: {
    everyMs: MINUTE_MS,
    call: { path: '/v1/jobs', body: { durationMs: 40 * MINUTE_MS } },
    waitAt: '/v1/jobs/{id}',
  },
};

/** All specimens, the healthy first, the others in the order of the checks that they prove. */
export const AGENT_SPECIMENS: readonly Specimen[] = [
  { id: 'careful', module: 'careful', fails: [], named: null },
  {
    id: 'careful-where-tokens-rotate',
    module: 'careful',
    rotating: true,
    in: ['overnight-run', 'reauth-and-retry', 'killed-and-resumed', 'rotation-reply-lost'],
    fails: [],
    named: null,
  },
  { id: 'careful-proactive', module: 'careful-proactive', fails: [], named: null },
  {
    id: 'careful-proactive-where-tokens-rotate',
    module: 'careful-proactive',
    rotating: true,
    in: ['overnight-run', 'reauth-and-retry', 'killed-and-resumed', 'rotation-reply-lost'],
    fails: [],
    named: null,
  },
  { id: 'careful-in-slack', module: 'errands', own: SLACK, fails: [], named: null },
  { id: 'careful-in-github', module: 'errands', own: GITHUB, fails: [], named: null },
  { id: 'careful-in-shopify', module: 'errands', own: SHOPIFY, fails: [], named: null },
  { id: 'careful-with-a-key', module: 'errands', own: KEY, fails: [], named: null },
  { id: 'careful-with-a-long-job', module: 'errands', own: LONG_JOB, fails: [], named: null },
  {
    id: 'stage-3-broker',
    module: 'stage-3-broker',
    rotating: true,
    in: ['two-callers-one-token', 'user-revoked'],
    fails: [],
    named: null,
  },
  {
    id: 'stage-1-env-vars',
    module: 'stage-1-env-vars',
    in: ['half-hour-staging', 'expires-mid-session'],
    fails: ['calls-survive-expiry', 'no-dead-token-sent'],
    named: 'calls-survive-expiry',
  },
  {
    id: 'stage-2-token-manager',
    module: 'stage-2-token-manager',
    rotating: true,
    in: ['half-hour-staging', 'two-callers-one-token', 'overnight-run'],
    fails: [
      'calls-survive-expiry',
      'no-dead-token-sent',
      'session-survives',
      'stops-on-terminal',
      'signals-reauth',
    ],
    named: 'session-survives',
  },
  {
    id: 'forgets-the-skipped',
    module: 'forgets-the-skipped',
    in: ['three-variables', 'cascade'],
    fails: ['no-silent-skip'],
    named: 'no-silent-skip',
  },
  {
    id: 'empty-on-401',
    module: 'empty-on-401',
    in: ['three-variables', 'empty-is-not-absence'],
    fails: ['no-silent-skip', 'refusal-is-told', 'claims-true', 'calls-survive-expiry', 'no-dead-token-sent'],
    named: 'no-silent-skip',
  },
  {
    id: 'fills-from-memory',
    module: 'fills-from-memory',
    in: ['three-variables', 'user-revoked'],
    fails: ['nothing-invented'],
    named: 'nothing-invented',
  },
  {
    id: 'swallows-refusal',
    module: 'swallows-refusal',
    in: ['three-variables', 'cascade'],
    fails: ['no-silent-skip', 'refusal-is-told', 'signals-reauth'],
    named: 'no-silent-skip',
  },
  {
    id: 'counts-the-header',
    module: 'counts-the-header',
    in: ['half-hour-staging'],
    fails: ['claims-true'],
    named: 'claims-true',
  },
  {
    id: 'gives-up-on-expiry',
    module: 'gives-up-on-expiry',
    in: ['retry-is-not-refresh', 'three-variables'],
    fails: ['calls-survive-expiry'],
    named: 'calls-survive-expiry',
  },
  {
    id: 'gives-up-on-a-new-token',
    module: 'gives-up-on-a-new-token',
    in: ['wrong-installation'],
    own: GITHUB,
    fails: ['calls-survive-expiry'],
    named: 'calls-survive-expiry',
  },
  {
    id: 'retries-before-refreshing',
    module: 'retries-before-refreshing',
    in: ['retry-is-not-refresh', 'expires-between-check-and-call'],
    fails: ['no-dead-token-sent'],
    named: 'no-dead-token-sent',
  },
  {
    id: 'refreshes-twice',
    module: 'refreshes-twice',
    in: ['expires-mid-session'],
    fails: ['one-refresh'],
    named: 'one-refresh',
  },
  {
    id: 'refreshes-twice-where-tokens-rotate',
    module: 'refreshes-twice',
    in: ['two-callers-one-token'],
    rotating: true,
    fails: ['session-survives'],
    named: 'session-survives',
  },
  {
    id: 'forgets-rotation',
    module: 'forgets-rotation',
    in: ['expires-mid-session'],
    rotating: true,
    fails: ['no-spent-token', 'session-survives', 'keeps-the-rotated'],
    named: 'no-spent-token',
  },
  {
    id: 'signs-out',
    module: 'signs-out',
    in: ['half-hour-staging'],
    fails: ['session-survives'],
    named: 'session-survives',
  },
  {
    id: 'knocks-again',
    module: 'knocks-again',
    in: ['cascade', 'user-revoked'],
    fails: ['stops-on-terminal'],
    named: 'stops-on-terminal',
  },
  {
    id: 'retries-forever',
    module: 'retries-forever',
    in: ['user-revoked'],
    fails: ['stops-on-terminal', 'bounded-retries', 'ends-clean'],
    named: 'stops-on-terminal',
  },
  {
    id: 'logs-its-token',
    module: 'logs-its-token',
    in: ['expires-mid-session'],
    fails: ['no-secret-leaked'],
    named: 'no-secret-leaked',
  },
  {
    id: 'never-ends',
    module: 'never-ends',
    in: ['half-hour-staging'],
    fails: ['ends-clean'],
    named: 'ends-clean',
  },
  {
    id: 'wrapper-returns-null',
    module: 'wrapper-returns-null',
    in: ['three-variables'],
    fails: ['no-silent-skip', 'refusal-is-told', 'claims-true', 'calls-survive-expiry', 'no-dead-token-sent'],
    named: 'no-silent-skip',
  },
  {
    id: 'wrapper-returns-text',
    module: 'wrapper-returns-text',
    in: ['three-variables', 'login-page-instead-of-401'],
    fails: ['nothing-invented'],
    named: 'nothing-invented',
  },
  {
    id: 'serves-stale-cache',
    module: 'serves-stale-cache',
    in: ['empty-is-not-absence', 'retry-is-not-refresh'],
    fails: ['no-silent-skip', 'refusal-is-told', 'calls-survive-expiry', 'no-dead-token-sent'],
    named: 'no-silent-skip',
  },
  {
    id: 'refresh-if-expired',
    module: 'refresh-if-expired',
    in: ['expires-between-check-and-call', 'retry-is-not-refresh', 'skewed-clock'],
    fails: ['calls-survive-expiry', 'no-dead-token-sent'],
    named: 'calls-survive-expiry',
  },
  {
    id: 'believes-its-clock',
    module: 'believes-its-clock',
    in: ['skewed-clock'],
    fails: ['calls-survive-expiry'],
    named: 'calls-survive-expiry',
  },
  {
    id: 'snapshots-header-at-start',
    module: 'snapshots-header-at-start',
    in: ['expires-mid-session'],
    fails: ['calls-survive-expiry', 'no-dead-token-sent'],
    named: 'calls-survive-expiry',
  },
  {
    id: 'wipes-on-omitted',
    module: 'wipes-on-omitted',
    in: ['refresh-token-omitted'],
    fails: ['claims-true', 'keeps-the-rotated', 'signals-reauth'],
    named: 'keeps-the-rotated',
  },
  {
    id: 'asks-nobody',
    module: 'asks-nobody',
    in: ['user-revoked'],
    fails: ['signals-reauth'],
    named: 'signals-reauth',
  },
  {
    id: 'asks-nobody-where-tokens-rotate',
    module: 'asks-nobody',
    in: ['rotation-reply-lost'],
    rotating: true,
    fails: ['lost-response-handled', 'signals-reauth'],
    named: 'lost-response-handled',
  },
  {
    id: 'asks-users-for-a-bad-secret',
    module: 'asks-users-for-a-bad-secret',
    in: ['stale-client-secret'],
    fails: ['transient-not-terminal', 'signals-reauth'],
    named: 'transient-not-terminal',
  },
  {
    id: 'trusts-expires-in-string',
    module: 'trusts-expires-in-string',
    in: ['odd-expires-in'],
    fails: ['no-dead-token-sent', 'one-refresh'],
    named: 'no-dead-token-sent',
  },
  {
    id: 'repeats-writes',
    module: 'repeats-writes',
    in: ['write-reply-lost', 'killed-and-resumed'],
    fails: ['resumes-without-repeat'],
    named: 'resumes-without-repeat',
  },
  {
    id: 'counts-any-200',
    module: 'counts-any-200',
    in: ['ok-false'],
    own: SLACK,
    fails: ['no-silent-skip', 'refusal-is-told', 'stops-on-terminal'],
    named: 'no-silent-skip',
  },
  {
    id: 'counts-any-200-of-graphql',
    module: 'counts-any-200',
    in: ['ok-false'],
    own: SHOPIFY,
    fails: ['no-silent-skip', 'refusal-is-told'],
    named: 'no-silent-skip',
  },
  {
    id: 'forgets-no-proxy',
    module: 'forgets-no-proxy',
    in: ['two-proxies'],
    fails: ['proxy-respected'],
    named: 'proxy-respected',
  },
];
