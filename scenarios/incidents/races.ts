// Two refreshes of one grant: on one machine, on many, and by servers that do not know of each other.

import type { Incident } from '../../harness/incident.ts';
import type { Calls } from '../../harness/workload/story.ts';
import { crm, MINUTE_MS, ONE, reads, rush, SECOND_MS, TWO_TENANTS } from '../broker-days.ts';

const RUSH_AT_MS = 12 * MINUTE_MS;

/** Three processes meet one refusal, and the token endpoint takes its time. */
function threeAtOnce(knobs: Parameters<typeof crm>[0] = {}, later: readonly Calls[] = []) {
  return {
    untilMs: 30 * MINUTE_MS,
    broker: {
      services: { crm: crm(knobs) },
      cohorts: TWO_TENANTS,
      replicas: 3,
      calls: [
        reads({ service: 'crm' }, 7 * MINUTE_MS),
        rush({ account: ONE }, RUSH_AT_MS + SECOND_MS, 6),
        ...later,
      ],
    },
  };
}

/** Several processes or tasks of one user. */
export const RACES_ON_ONE_MACHINE: readonly Incident[] = [
  {
    id: 'openai/codex#9634',
    reported:
      'Several sessions share one file of credentials and no lock; one after the other is told that its refresh token was already used.',
    scenario: 'slow-refresh-beats-lock',
    variant: 'eight-seconds',
    told: threeAtOnce(),
    check: 'session-survives',
  },
  {
    id: 'google/adk-python#6475',
    reported: 'Five callers refresh five times, since each instance brings a lock of its own.',
    scenario: 'slow-refresh-beats-lock',
    variant: 'eight-seconds',
    told: threeAtOnce(),
    check: 'session-survives',
  },
  {
    id: 'anthropics/claude-code#54443',
    reported:
      'A 401 comes before the expiry that is stored beside the token, and the refresh that follows in several sessions at once is refused.',
    scenario: 'slow-refresh-beats-lock',
    variant: 'eight-seconds',
    told: threeAtOnce(),
    check: 'session-survives',
  },
  {
    id: 'anthropics/claude-code#27933',
    reported: 'Whoever loses the race is answered 404, not invalid_grant, and the session is over.',
    scenario: 'slow-refresh-beats-lock',
    variant: 'eight-seconds',
    told: threeAtOnce({
      reuse: 'refused',
      errors: [{ at: 'token', causes: ['rotated'], status: 404, body: { error: 'not_found' } }],
    }),
    check: 'session-survives',
  },
  {
    id: 'anthropics/claude-code#58066',
    reported:
      'Each refresh ends the access tokens of the sibling sessions, which refresh in turn, every few minutes.',
    scenario: 'refresh-kills-siblings',
    told: {
      untilMs: 30 * MINUTE_MS,
      broker: {
        services: { crm: crm({ oldAccess: 'dies', rotation: 'none' }) },
        cohorts: TWO_TENANTS,
        replicas: 3,
        calls: [
          reads({ service: 'crm' }, 5 * MINUTE_MS, { together: 3 }),
          rush({ account: ONE }, RUSH_AT_MS + SECOND_MS, 6),
        ],
      },
    },
    check: 'one-refresh',
  },
  {
    id: 'openai/codex#6393',
    reported:
      'A file of credentials is copied to a second machine, and the two spend each other’s refresh token.',
    scenario: 'replicas-race',
    told: { untilMs: 40 * MINUTE_MS, timeline: [] },
    check: 'session-survives',
  },
  {
    id: 'aws/aws-cli#10628',
    reported:
      'The cache is cut and written again in place around a token that rotates, so that whoever dies in between has neither the old nor the new one.',
    scenario: 'killed-before-persist',
    variant: 'first-use',
    check: 'session-survives',
  },
  {
    id: 'HQBase/hqbase#41',
    reported:
      'Two refreshes 13 ms apart are taken for theft: the whole family is revoked, the winner’s tokens too.',
    scenario: 'two-callers-one-token',
    told: { untilMs: 40 * MINUTE_MS },
    check: 'session-survives',
  },
];

/** Replicas, workers and tabs. */
export const RACES_OF_SERVERS: readonly Incident[] = [
  {
    id: 'NangoHQ/nango#1005',
    reported:
      'A single connection is not refreshed any more until the server is restarted; a refresh that still counts as running is suspected.',
    scenario: 'holder-dies',
    variant: 'comes-back',
    check: 'lock-is-freed',
  },
  {
    id: 'oauth2-proxy/oauth2-proxy#3456',
    reported: 'The lease of the lock is shorter than the provider takes to redeem, so two replicas redeem.',
    scenario: 'slow-refresh-beats-lock',
    variant: 'eight-seconds',
    told: threeAtOnce(),
    check: 'session-survives',
  },
  {
    id: 'infusionsoft/infusionsoft-php#220',
    reported:
      'Jobs lock for ten seconds; at the top of the hour the provider is slower, a second job takes the lock over, and one token is left invalid.',
    scenario: 'slow-refresh-beats-lock',
    variant: 'sixteen-seconds',
    told: threeAtOnce(),
    check: 'session-survives',
  },
  {
    id: 'nextauthjs/next-auth#8897',
    reported: 'A slow answer that started earlier arrives last and overwrites the newer session.',
    scenario: 'holder-pauses',
    variant: 'answer-arrives-last',
    check: 'keeps-the-rotated',
  },
  {
    id: 'vercel/ai#20674',
    reported:
      'Whoever loses the race invalidates the stored credentials, and with them the winner’s new pair.',
    scenario: 'holder-pauses',
    variant: 'request-arrives-last',
    check: 'session-survives',
  },
  {
    id: 'slackapi/node-slack-sdk#2504',
    reported:
      'Two concurrent refreshes come back with two different refresh tokens and the same expiry, and one of the two is dead.',
    scenario: 'two-callers-one-token',
    check: 'session-survives',
  },
  {
    id: 'friggframework/frigg#637',
    reported:
      'Two workers refresh within 368 ms; the loser marks the credential invalid and acknowledges its messages without a word: 95 records in four months.',
    scenario: 'two-callers-one-token',
    check: 'no-silent-skip',
  },
  {
    id: 'Menci/Floway#340',
    reported:
      'The row of a credential is replaced only if nothing in it has changed; a write of a quota in between makes the rotated token lose.',
    scenario: 'slow-refresh-beats-lock',
    variant: 'eight-seconds',
    told: threeAtOnce({}, [rush({ account: ONE }, RUSH_AT_MS + 5 * SECOND_MS, 1)]),
    check: 'session-survives',
  },
];
