// Every broker specimen, what it must fail, and nothing else.

/** A specimen: a small broker with one known disease, or none. */
export interface BrokerSpecimen {
  readonly id: string;
  /** A module beside this file, without the ending; or a program, from the repository’s root. */
  readonly start: { readonly module: string } | { readonly program: string; readonly replicas: number };
  /** The stories in which it is shown; absent = all. A healthy day is always among them. */
  readonly stories?: readonly string[];
  /** Files that lie in its folder, each in pieces, so that none of them is taken for what it only looks like. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  /** The checks that fail in one scenario or another, in catalogue order. */
  readonly fails: readonly string[];
  /** The first finding; null for the healthy. */
  readonly named: string | null;
}

/** What the careful module is told in CI: a chosen part of every sort. By night each healthy broker is told all there is. */
const CHOSEN = [
  'refresh-token-omitted',
  'rotation-reply-lost',
  'one-error-three-causes',
  'session-invalid-three-ways',
  'scope-too-narrow',
  'stale-client-secret',
  'skewed-clock',
  'two-callers-one-token',
  'late-answer-overwrites',
  'killed-before-persist',
  'store-goes-bad',
  'odd-expires-in',
  'revoked-while-valid',
  'expires-between-check-and-call',
  'write-reply-lost',
  'job-outlives-token',
  'one-slow-provider',
  'sticky-rotation',
  'idle-refresh-token',
  'terminal-or-not',
  'herd-at-the-boundary',
  'user-revoked',
  'told-by-webhook',
  'two-proxies',
  'ok-false',
  'wrong-account',
  'wrong-installation',
];

/** All specimens, the healthy first, the others in the order of the checks that they prove. */
export const BROKER_SPECIMENS: readonly BrokerSpecimen[] = [
  { id: 'careful', start: { module: 'careful' }, stories: CHOSEN, fails: [], named: null },
  {
    id: 'careful-over-http',
    start: { program: 'examples/broker/server.ts', replicas: 3 },
    stories: ['two-callers-one-token', 'replicas-race', 'user-revoked', 'told-by-webhook', 'two-proxies'],
    fails: [],
    named: null,
  },
  {
    id: 'knows-its-scopes',
    start: { module: 'knows-its-scopes' },
    stories: ['scope-too-narrow'],
    fails: [],
    named: null,
  },
  {
    id: 'says-connected',
    start: { module: 'says-connected' },
    stories: ['terminal-or-not'],
    fails: ['claims-true'],
    named: 'claims-true',
  },
  {
    id: 'no-lock',
    start: { module: 'no-lock' },
    stories: ['two-callers-one-token'],
    // Who renews ahead seldom races: the lazy do.
    fails: ['session-survives', 'refreshes-ahead'],
    named: 'session-survives',
  },
  {
    id: 'forgets-rotation',
    start: { module: 'forgets-rotation' },
    stories: ['two-callers-one-token', 'user-revoked'],
    fails: ['no-spent-token', 'session-survives', 'keeps-the-rotated'],
    named: 'no-spent-token',
  },
  {
    id: 'refresh-if-expired',
    start: { module: 'refresh-if-expired' },
    stories: ['expires-between-check-and-call', 'job-outlives-token', 'skewed-clock'],
    fails: ['expiry-told-apart', 'expired-at-true', 'calls-survive-expiry', 'no-dead-token-sent'],
    named: 'calls-survive-expiry',
  },
  {
    id: 'asks-users-for-a-bad-secret',
    start: { module: 'asks-users-for-a-bad-secret' },
    stories: ['stale-client-secret'],
    fails: ['transient-not-terminal', 'signals-reauth'],
    named: 'transient-not-terminal',
  },
  {
    id: 'hoards-grants',
    start: { module: 'hoards-grants' },
    stories: ['one-error-three-causes'],
    fails: ['signals-reauth'],
    named: 'signals-reauth',
  },
  {
    id: 'deaf-to-webhooks',
    start: { module: 'deaf-to-webhooks' },
    stories: ['told-by-webhook'],
    fails: ['signals-reauth'],
    named: 'signals-reauth',
  },
  {
    id: 'believes-any-webhook',
    start: { module: 'believes-any-webhook' },
    stories: ['told-by-webhook'],
    fails: ['signals-reauth'],
    named: 'signals-reauth',
  },
  {
    id: 'counts-any-200',
    start: { module: 'counts-any-200' },
    stories: ['ok-false'],
    fails: ['not-found-diagnosed'],
    named: 'not-found-diagnosed',
  },
  {
    id: 'takes-any-200-for-tokens',
    start: { module: 'takes-any-200-for-tokens' },
    stories: ['ok-false'],
    fails: ['claims-true', 'signals-reauth'],
    named: 'claims-true',
  },
  {
    id: 'repeats-writes',
    start: { module: 'repeats-writes' },
    stories: ['write-reply-lost'],
    fails: ['resumes-without-repeat'],
    named: 'resumes-without-repeat',
  },
  {
    id: 'mixes-tenants',
    start: { module: 'mixes-tenants' },
    stories: ['wrong-account'],
    fails: ['resumes-without-repeat', 'right-identity'],
    named: 'resumes-without-repeat',
  },
  {
    id: 'any-installation',
    start: { module: 'any-installation' },
    stories: ['wrong-installation'],
    fails: ['resumes-without-repeat', 'right-identity'],
    named: 'resumes-without-repeat',
  },
  {
    id: 'keeps-the-old-consent',
    start: { module: 'keeps-the-old-consent' },
    stories: ['user-revoked'],
    fails: ['right-identity'],
    named: 'right-identity',
  },
  {
    id: 'refuses-without-a-word',
    start: { module: 'refuses-without-a-word' },
    stories: ['scope-too-narrow'],
    fails: ['not-found-diagnosed'],
    named: 'not-found-diagnosed',
  },
  {
    id: '403-is-rate-limit',
    start: { module: '403-is-rate-limit' },
    stories: ['scope-too-narrow', '403-that-is-a-limit'],
    fails: ['denied-not-expired', 'not-found-diagnosed'],
    named: 'denied-not-expired',
  },
  {
    id: 'calls-denial-expired',
    start: { module: 'calls-denial-expired' },
    stories: ['scope-too-narrow'],
    fails: ['denied-not-expired', 'not-found-diagnosed'],
    named: 'denied-not-expired',
  },
  {
    id: '404-is-missing',
    start: { module: '404-is-missing' },
    stories: ['wrong-installation'],
    fails: ['not-found-diagnosed'],
    named: 'not-found-diagnosed',
  },
  {
    id: 'tries-again-later',
    start: { module: 'tries-again-later' },
    stories: ['wrong-installation'],
    fails: ['not-found-diagnosed'],
    named: 'not-found-diagnosed',
  },
  {
    id: 'mints-again-later',
    start: { module: 'mints-again-later' },
    stories: ['wrong-installation'],
    fails: ['one-refresh', 'not-found-diagnosed'],
    named: 'one-refresh',
  },
  {
    id: 'mints-anew',
    start: { module: 'mints-anew' },
    stories: ['wrong-installation'],
    fails: ['not-found-diagnosed'],
    named: 'not-found-diagnosed',
  },
  {
    id: 'no-jitter',
    start: { module: 'no-jitter' },
    stories: ['herd-at-the-boundary'],
    fails: ['herd-spread'],
    named: 'herd-spread',
  },
  {
    id: 'one-timer-for-all',
    start: { module: 'one-timer-for-all' },
    stories: ['herd-at-the-boundary'],
    fails: ['herd-spread'],
    named: 'herd-spread',
  },
  {
    id: 'retries-in-step',
    start: { module: 'retries-in-step' },
    stories: ['herd-after-outage'],
    fails: ['no-resync'],
    named: 'no-resync',
  },
  {
    id: 'no-startup-probe',
    start: { module: 'no-startup-probe' },
    stories: ['stale-client-secret'],
    fails: ['startup-probe'],
    named: 'startup-probe',
  },
  {
    id: 'logs-its-token',
    start: { module: 'logs-its-token' },
    stories: ['two-callers-one-token'],
    fails: ['no-secret-leaked'],
    named: 'no-secret-leaked',
  },
  {
    id: 'returns-what-it-sent',
    start: { module: 'returns-what-it-sent' },
    stories: ['wrong-installation'],
    fails: ['agent-never-sees-token'],
    named: 'agent-never-sees-token',
  },
  {
    id: 'silent-audit',
    start: { module: 'silent-audit' },
    stories: ['who-used-it'],
    fails: ['audit-complete'],
    named: 'audit-complete',
  },
  {
    id: 'hands-out-personal',
    start: { module: 'hands-out-personal' },
    stories: ['personal-key-in-ci'],
    fails: ['personal-kept-out-of-ci'],
    named: 'personal-kept-out-of-ci',
  },
  {
    id: 'forgets-no-proxy',
    start: { module: 'forgets-no-proxy' },
    stories: ['two-proxies'],
    fails: ['proxy-respected'],
    named: 'proxy-respected',
  },
  {
    id: 'ignores-the-proxy',
    start: { module: 'ignores-the-proxy' },
    stories: ['two-proxies'],
    fails: ['proxy-respected'],
    named: 'proxy-respected',
  },
  {
    id: 'leaves-a-key',
    start: { module: 'careful' },
    stories: ['healthy-day'],
    files: { '.env.example': ['GITHUB_TOKEN=', 'ghp_', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'] },
    fails: ['no-key-in-files'],
    named: 'no-key-in-files',
  },
];
