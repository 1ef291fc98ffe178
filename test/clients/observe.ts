// Tells one client its story in a world of its own, and says what came of each step.

import { configureService } from '../../harness/config/services.ts';
import type { Entry, ExchangeAnswered, ExchangeLost } from '../../harness/entry.ts';
import type { TimelineStep } from '../../harness/scenario.ts';
import { preset } from '../../harness/world/presets.ts';
import type { World } from '../../harness/world/world.ts';
import { neverExpiring, SERVICES, type Service } from '../../mocks/index.ts';
import { visit } from '../intercept/visit.ts';
import type { Client, Step } from './client.ts';
import { type Moment, momentsOf } from './moments.ts';

/** What was seen of a step: what the program says, and which exchanges the client made of it, in order. */
export interface Seen {
  readonly step: Step;
  readonly result: string;
  /** Route, status, and the truth where it is not `ok`: `files.list 401 expired`. */
  readonly exchanges: readonly string[];
}

const LIFETIME_WITHOUT_END_MS = 365 * 86_400_000;

/** The story in a world where tokens end, where a call is refused for its rate, and where the grant is revoked. */
export function tellStory(client: Client): Promise<readonly Seen[]> {
  const moments = momentsOf(client);
  return tell(client, serviceFor(client), moments, timelineFor(client, moments));
}

/** The first steps of the same story in a world where nothing ends and nothing goes wrong. */
export function tellWithoutEnd(client: Client): Promise<readonly Seen[]> {
  const service = serviceFor(client);
  const policy = neverExpiring(service.policy, LIFETIME_WITHOUT_END_MS);
  const moments = momentsOf(client).filter(({ step }) => ['call', 'before', 'due'].includes(step));
  return tell(client, { ...service, policy }, moments, []);
}

const serviceFor = ({ service, knobs }: Client): Service => configureService(service, knobs ?? {}, SERVICES);

const MINUTE_MS = 60_000;

function timelineFor(
  { service, limited, narrowed }: Client,
  moments: readonly Moment[],
): readonly TimelineStep[] {
  const shortlyBefore = (step: Step) =>
    moments.filter((moment) => moment.step === step).map(({ atMs }) => atMs - MINUTE_MS);
  const account = `acme-${service}`;
  return [
    ...shortlyBefore('limited').flatMap((atMs) =>
      limited === undefined ? [] : [{ atMs, fault: preset('rate-limit', limited) }],
    ),
    ...shortlyBefore('scope').flatMap((atMs) =>
      narrowed === undefined ? [] : [{ atMs, account, act: 'narrow-scope' as const, scopes: narrowed }],
    ),
    ...shortlyBefore('revoked').map((atMs) => ({ atMs, account, act: 'revoke' as const })),
  ];
}

async function tell(
  client: Client,
  service: Service,
  moments: readonly Moment[],
  timeline: readonly TimelineStep[],
): Promise<readonly Seen[]> {
  let world: World | null = null;
  const { end, stdout, stderr, entries } = await visit({
    ...{ argv: [process.execPath, `programs/${client.id}.mjs`], cwd: import.meta.dirname },
    ...{ clock: 'exact', intercept: client.intercept ?? 'none' },
    ...{ services: [service], timeline, untilMs: Number.MAX_SAFE_INTEGER },
    ...(client.scopes === undefined ? {} : { scopes: client.scopes }),
    env: { ...client.env, CLIENT_STEPS: JSON.stringify(moments) },
    prepare: (prepared) => {
      world = prepared;
    },
  });
  const clean = (text: string) => (world as World | null)?.capture('agent', 'stdout', text) ?? text;
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith('{"step"'))
    .map((line) => JSON.parse(clean(line)) as { readonly step: Step; readonly result: string });
  if (end !== 'all-exited' || lines.length !== moments.length)
    throw new Error(`${client.id} ended with ${end} after ${lines.length} steps:\n${stdout}${stderr}`);
  return lines.map((line, index) => ({
    ...line,
    exchanges: exchangesWithin(entries, moments[index]?.atMs ?? 0, moments[index + 1]?.atMs ?? Infinity),
  }));
}

function exchangesWithin(entries: readonly Entry[], fromMs: number, toMs: number): readonly string[] {
  return entries
    .filter((entry) => entry.kind === 'exchange.answered' || entry.kind === 'exchange.lost')
    .filter(({ at }) => at >= fromMs && at < toMs)
    .map(exchangeTold);
}

function exchangeTold(entry: ExchangeAnswered | ExchangeLost): string {
  const status = entry.kind === 'exchange.answered' ? String(entry.status) : 'lost';
  return [entry.route, status, ...(entry.truth === 'ok' ? [] : [entry.truth])].join(' ');
}
