// Who shows what was reported in a thread: the specimen that fails as its program did, and the healthy one of the same sort.

import type { Incident } from '../../harness/incident.ts';
import { INCIDENTS } from '../../scenarios/incidents/index.ts';
import { SPECIMENS, type Specimen } from '../specimens/index.ts';

/** The specimen that is sick of it, by the thread. */
const SICK: Readonly<Record<string, string>> = {
  'openai/codex#9634': 'shared broker: no-lock',
  'google/adk-python#6475': 'shared broker: lock-per-instance',
  'anthropics/claude-code#58066': 'shared broker: env-token-per-replica',
  'anthropics/claude-code#54443': 'agent: refresh-if-expired',
  'HQBase/hqbase#41': 'agent: refreshes-twice-where-tokens-rotate',
  'aws/aws-cli#10628': 'shared broker: persists-after-use',
  'NangoHQ/nango#1005': 'shared broker: lock-never-freed',
  'oauth2-proxy/oauth2-proxy#3456': 'shared broker: lock-lease-too-short',
  'nextauthjs/next-auth#8897': 'shared broker: late-answer-wins',
  'vercel/ai#20674': 'shared broker: loser-deletes-winner',
  'slackapi/node-slack-sdk#2504': 'broker: no-lock',
  'n8n-io/n8n#12742': 'shared broker: no-lock',
  'friggframework/frigg#637': 'agent: swallows-refusal',
  'bluesky-social/atproto#5411': 'shared broker: takes-silence-for-an-end',
  'advplyr/audiobookshelf#5281': 'shared broker: takes-silence-for-an-end',
  'airbytehq/airbyte#3990': 'agent: forgets-rotation',
  'airbytehq/airbyte#82783': 'shared broker: forgets-rotation',
  'rclone/rclone#6372': 'shared broker: env-token-per-replica',
  'modelcontextprotocol/python-sdk#2270': 'shared broker: wipes-on-omitted',
  'Kong/insomnia#1492': 'agent: wipes-on-omitted',
  'CESNET/fake-oidc-server#4': 'shared broker: trusts-expires-in-string',
  'decocms/studio#6198': 'shared broker: trusts-expires-in-string',
  'FlowiseAI/Flowise#5076': 'shared broker: 503-is-terminal',
  'decocms/studio#6122': 'shared broker: 503-is-terminal',
  'AzureAD/microsoft-authentication-library-for-js#4058': 'shared broker: knocks-again',
  'AzureAD/microsoft-authentication-library-for-dotnet#1788': 'agent: knocks-again',
  'EdanStarfire/claudecode_webui#1387': 'shared broker: invalid-grant-is-transient',
  'anthropics/claude-code#92518': 'broker: calls-denial-expired',
  'argoproj/argo-cd#23100': 'agent: wrapper-returns-text',
  'getsentry/action-github-app-token#18': 'broker: any-installation',
  'actions/create-github-app-token#76': 'broker: 404-is-missing',
  'IBM/mcp-context-forge#1078': 'broker: mixes-tenants',
  'googleapis/google-auth-library-python#889': 'agent: refresh-if-expired',
  'golang/oauth2#623': 'agent: refresh-if-expired',
  'earendil-works/pi#223': 'agent: snapshots-header-at-start',
  'GoogleCloudPlatform/knowledge-catalog#35': 'agent: snapshots-header-at-start',
  'Agenta-AI/agenta#6022': 'agent: wrapper-returns-text',
  'vm0-ai/vm0#6600': 'agent: fills-from-memory',
  'mozilla/fxa-oauth-server#370': 'broker: retries-in-step',
  'uswitch/vault-creds#1': 'broker: no-jitter',
};

/** A thread with its two specimens. */
export interface Case {
  readonly incident: Incident;
  readonly sick: Specimen;
  readonly healthy: Specimen;
}

/** Every thread with its specimens. */
export const CASES: readonly Case[] = INCIDENTS.map((incident) => {
  const sick = specimenAt(SICK[incident.id] ?? `a specimen for ${incident.id}`);
  return { incident, sick, healthy: specimenAt(`${sick.start.sort}: careful`) };
});

function specimenAt(id: string): Specimen {
  const found = SPECIMENS.find((specimen) => specimen.id === id);
  if (found === undefined) throw new Error(`there is no specimen "${id}"`);
  return found;
}
