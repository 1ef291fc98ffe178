// For each thread a specimen that is sick as it is told there, and a careful one that bears the same story.

import type { Specimen as AgentSpecimen } from '../specimens/agent/index.ts';
import type { Sort } from '../specimens/index.ts';

/** The two proofs of a thread. */
export interface Case {
  readonly sick: Sort;
  readonly careful: Sort;
}

const agent = (module: string, more: Partial<AgentSpecimen> = {}): Sort => ({
  sort: 'agent',
  specimen: { id: module, module, fails: [], named: null, ...more },
});
const broker = (module: string): Sort => ({
  sort: 'broker',
  specimen: { id: module, start: { module }, fails: [], named: null },
});
const shared = (module: string, replicas: number): Sort => ({ sort: 'shared broker', module, replicas });

const inAgents = (module: string, more?: Partial<AgentSpecimen>): Case => ({
  sick: agent(module, more),
  careful: agent('careful', more),
});
const inBrokers = (module: string): Case => ({ sick: broker(module), careful: broker('careful') });
const inReplicas = (module: string, replicas: number): Case => ({
  sick: shared(module, replicas),
  careful: shared('careful', replicas),
});

const ROTATING = { rotating: true } as const;
const LONG_JOB: Partial<AgentSpecimen> = {
  own: {
    services: { plain: {} },
    job: {
      everyMs: 60_000,
      call: { path: '/v1/jobs', body: { durationMs: 40 * 60_000 } },
      waitAt: '/v1/jobs/{id}',
    },
  },
};

/** The proofs of every thread, by its id. */
export const CASES: Readonly<Record<string, Case>> = {
  'openai/codex#9634': inReplicas('no-lock', 3),
  'google/adk-python#6475': inReplicas('lock-per-instance', 3),
  'anthropics/claude-code#54443': inReplicas('env-token-per-replica', 3),
  'anthropics/claude-code#27933': inReplicas('404-is-an-end', 3),
  'anthropics/claude-code#58066': inReplicas('env-token-per-replica', 3),
  'openai/codex#6393': inReplicas('env-token-per-replica', 3),
  'aws/aws-cli#10628': inReplicas('persists-after-use', 1),
  'HQBase/hqbase#41': inBrokers('no-lock'),

  'NangoHQ/nango#1005': inReplicas('lock-never-freed', 3),
  'oauth2-proxy/oauth2-proxy#3456': inReplicas('lock-lease-too-short', 3),
  'infusionsoft/infusionsoft-php#220': inReplicas('lock-of-ten-seconds', 3),
  'nextauthjs/next-auth#8897': inReplicas('late-answer-wins', 3),
  'vercel/ai#20674': inReplicas('loser-deletes-winner', 3),
  'slackapi/node-slack-sdk#2504': inAgents('refreshes-twice', ROTATING),
  'friggframework/frigg#637': inAgents('acks-after-a-false-end', ROTATING),
  'Menci/Floway#340': inReplicas('loses-to-any-write', 3),

  'bluesky-social/atproto#5411': inReplicas('takes-silence-for-an-end', 1),
  'advplyr/audiobookshelf#5281': inReplicas('persists-after-use', 1),
  'airbytehq/airbyte#3990': inAgents('forgets-rotation', ROTATING),
  'airbytehq/airbyte#82783': inAgents('copies-at-enqueue', ROTATING),
  'singer-io/tap-salesforce#216': inReplicas('warns-when-it-cannot-write', 1),
  'google-gemini/gemini-cli#25248': inAgents('wipes-what-is-over', ROTATING),

  'modelcontextprotocol/python-sdk#2270': inReplicas('wipes-on-omitted', 1),
  'Kong/insomnia#1492': inAgents('wipes-on-omitted'),
  'CESNET/fake-oidc-server#4': inReplicas('trusts-expires-in-string', 1),
  'spring-projects/spring-security-oauth#1895': inReplicas('adds-whatever-comes', 1),
  'decocms/studio#6198': inReplicas('adds-whatever-comes', 1),
  'modelcontextprotocol/typescript-sdk#2757': inReplicas('wants-a-description', 1),
  'FlowiseAI/Flowise#5076': inReplicas('page-is-an-end', 1),

  'decocms/studio#6122': inReplicas('429-is-an-end', 1),
  'ginlix-ai/LangAlpha#379': inReplicas('comes-too-early', 1),
  'AzureAD/microsoft-authentication-library-for-js#4058': inReplicas('invalid-grant-is-transient', 1),
  'router-for-me/CLIProxyAPI#5766': inReplicas('knocks-again', 1),
  'google-gemini/gemini-cli#27475': inReplicas('guesses-the-reason', 1),
  'nicklaw5/helix#204': inAgents('refreshes-until-it-works'),
  'anthropics/claude-code#92518': inBrokers('calls-denial-expired'),

  'getsentry/action-github-app-token#18': inBrokers('any-installation'),
  'supabase/agent-skills#88': inBrokers('404-is-missing'),
  'IBM/mcp-context-forge#1078': inBrokers('mixes-tenants'),
  'Softeria/ms-365-mcp-server#187': inBrokers('one-field-for-all'),
  'can1357/oh-my-pi#11666': inBrokers('keyed-by-address'),

  'googleapis/google-auth-library-python#889': inAgents('margin-of-ten-seconds'),
  'golang/oauth2#623': inAgents('refresh-if-expired'),
  'earendil-works/pi#223': inAgents('snapshots-header-at-start'),
  'argoproj/argo-cd#9527': { sick: agent('waits-for-ever', LONG_JOB), careful: agent('errands', LONG_JOB) },
  'argoproj/argo-cd#23100': inAgents('empty-on-401'),
  'Agenta-AI/agenta#6022': inAgents('wrapper-returns-text'),
  'vm0-ai/vm0#6600': inAgents('fills-from-memory'),
  'agentmuxai/agentmux#1579': inAgents('swallows-refusal'),
  'phnx-labs/agi-cli#1756': inAgents('serves-stale-cache'),

  'mozilla/fxa-oauth-server#370': inBrokers('retries-in-step'),
  'gravitational/teleport#6889': inBrokers('no-jitter'),
  'uswitch/vault-creds#1': inBrokers('one-timer-for-all'),

  'EdanStarfire/claudecode_webui#1387': inBrokers('stays-dead'),
  'openai/codex#36525': inReplicas('puts-the-old-one-back', 1),
};
