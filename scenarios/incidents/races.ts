// Two refreshes of one grant: on one machine, on many, and by servers that do not know of each other.

import type { Incident } from '../../harness/incident.ts';

/** Several processes or tasks of one user. */
export const RACES_ON_ONE_MACHINE: readonly Incident[] = [
  {
    id: 'openai/codex#9634',
    reported:
      'Several sessions share one file of credentials without a lock between processes; one after the other is told that its refresh token was already used.',
    scenario: 'slow-refresh-beats-lock',
    check: 'session-survives',
  },
  {
    id: 'google/adk-python#6475',
    reported: 'Five callers refresh five times, since each instance brings a lock of its own.',
    scenario: 'slow-refresh-beats-lock',
    check: 'session-survives',
  },
  {
    id: 'anthropics/claude-code#58066',
    reported:
      'Each refresh ends the access tokens of the sibling sessions, which then refresh in turn, every few minutes.',
    scenario: 'refresh-kills-siblings',
    check: 'keeps-the-rotated',
  },
  {
    id: 'anthropics/claude-code#54443',
    reported:
      'The server answers 401 before the expiry that is stored beside the token, and the program believes the expiry.',
    scenario: 'expires-between-check-and-call',
    check: 'calls-survive-expiry',
  },
  {
    id: 'HQBase/hqbase#41',
    reported:
      'Two refreshes 13 ms apart are taken for theft: the whole family is revoked, the winner’s tokens too.',
    scenario: 'two-callers-one-token',
    check: 'session-survives',
  },
  {
    id: 'aws/aws-cli#10628',
    reported:
      'The cache is cut and written again in place around a token that rotates, so that whoever dies in between has neither the old token nor the new one.',
    scenario: 'killed-before-persist',
    check: 'session-survives',
  },
];

/** Replicas, workers and tabs. */
export const RACES_OF_SERVERS: readonly Incident[] = [
  {
    id: 'NangoHQ/nango#1005',
    reported:
      'A refresh that never came to its end blocks its one connection, until the server is started anew.',
    scenario: 'holder-dies',
    check: 'lock-is-freed',
  },
  {
    id: 'oauth2-proxy/oauth2-proxy#3456',
    reported: 'The lease of the lock is shorter than the provider takes to redeem, so two replicas redeem.',
    scenario: 'slow-refresh-beats-lock',
    check: 'session-survives',
  },
  {
    id: 'nextauthjs/next-auth#8897',
    reported: 'A slow answer that started earlier arrives last and overwrites the newer session.',
    scenario: 'holder-pauses',
    check: 'keeps-the-rotated',
  },
  {
    id: 'vercel/ai#20674',
    reported: 'Whoever loses the race deletes the stored credentials, and with them the winner’s new pair.',
    scenario: 'holder-pauses',
    check: 'session-survives',
  },
  {
    id: 'slackapi/node-slack-sdk#2504',
    reported:
      'Two concurrent refreshes come back with two different refresh tokens and the same expiry, and one of them is dead.',
    scenario: 'two-callers-one-token',
    check: 'session-survives',
  },
  {
    id: 'n8n-io/n8n#12742',
    reported:
      'Items of one workflow refresh the one credential several times in the same second, and the credential is spoilt.',
    scenario: 'slow-refresh-beats-lock',
    check: 'calls-survive-expiry',
  },
  {
    id: 'friggframework/frigg#637',
    reported:
      'A false end of a grant makes the worker acknowledge its messages without a word; 95 records were lost in four months.',
    scenario: 'three-variables',
    check: 'no-silent-skip',
  },
];
