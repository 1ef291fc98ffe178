// Slips in the timeline of one's own scenario: names that mean nothing here, and deeds that could never be done.

import { parseDuration } from '../duration.ts';
import { ENTRY_KINDS } from '../entry-kinds.ts';
import { UsageError } from '../errors.ts';
import type { Cast } from './cast.ts';
import { nearest } from './nearest.ts';
import type { OwnScenario } from './scenario-schema.ts';

type Step = NonNullable<OwnScenario['timeline']>[number];

const ENDPOINTS = ['token', 'revoke', 'authorize'];
/** Whoever it was that brought the step about. */
const WHO_CAME = '{party}';

/**
 * Sees to it that every step can be carried out.
 * @throws UsageError that names the step and the fix
 */
export function mustBeCarriedOut({ id, until, timeline = [] }: OwnScenario, cast: Cast): void {
  let newcomers = 0;
  let isCopied = false;
  timeline.forEach((step, index) => {
    const at = (path: string) => `scenario ${id}: timeline.${index}.${path}`;
    mustKnow(at('account'), 'account', step.account, cast.accounts);
    mustKnow(at('when.entry'), 'kind of entry', step.when?.entry, ENTRY_KINDS);
    mustMeet(at, step, cast);
    if (step.at !== undefined && toMs(step.at) > toMs(until))
      throw new UsageError(`${at('at')}: ${step.at} is after the end of the job (until: ${until})`);
    const { blow, party = WHO_CAME } = step;
    if (blow?.do === 'add-replica') newcomers += 1;
    mustKnow(at('party'), 'party', party, partiesOf(cast, newcomers));
    if (blow === undefined) return;
    mustBeHit(at('blow'), blow.do, cast);
    mustKnow(at('blow.party'), 'party', blow.party, partiesOf(cast, newcomers));
    if (blow.store === 'restore' && !isCopied)
      throw new UsageError(`${at('blow.store')}: nothing to restore: an earlier step must be a snapshot`);
    isCopied ||= blow.store === 'snapshot';
  });
}

function mustMeet(
  at: (path: string) => string,
  { fault, gate }: Step,
  { services, accounts, ...cast }: Cast,
) {
  if ((fault?.do === 'dns' || fault?.do === 'tls') && !cast.intercepts)
    throw new UsageError(
      `${at('fault.do')}: ${fault.do} meets the names and certificates of real hosts: set subject.intercept`,
    );
  for (const [name, rule] of Object.entries({ fault, gate })) {
    const { service, route, account, party } = rule?.match ?? {};
    const meant = services?.filter((each) => service === undefined || each.id === service) ?? null;
    const routes = meant?.flatMap((each) => each.routes.map((known) => known.id)) ?? null;
    const path = (field: string) => at(`${name}.match.${field}`);
    mustKnow(path('service'), 'service', service, services?.map((each) => each.id) ?? null);
    mustKnow(path('account'), 'account', account, accounts);
    mustKnow(path('route'), 'route', route, routes === null ? null : [...ENDPOINTS, ...routes]);
    if (cast.kind === 'agent') mustKnow(path('party'), 'party', party, ['agent']);
  }
}

function mustBeHit(where: string, deed: string | undefined, { kind }: Cast): void {
  if (kind === 'tool')
    throw new UsageError(
      `${where}: a tool is started anew for each step, and is not hit: leave the blow out`,
    );
  if (kind === 'agent' && deed === 'add-replica')
    throw new UsageError(`${where}.do: an agent has no replicas: leave the step out`);
}

/** Who can be named, whom a step brought along included. */
function partiesOf({ kind, replicas }: Cast, newcomers: number): readonly string[] | null {
  if (kind === 'tool') return null;
  if (kind === 'agent') return ['agent', WHO_CAME];
  return [...Array.from({ length: replicas + newcomers }, (_, index) => `broker-${index}`), WHO_CAME];
}

function mustKnow(
  where: string,
  what: string,
  name: string | undefined,
  known: readonly string[] | null,
): void {
  if (name === undefined || known === null || known.includes(name)) return;
  throw new UsageError(`${where}: no ${what} "${name}": ${nearest(name, known)}`);
}

// The schema has let nothing else through.
const toMs = (text: string) => parseDuration(text) ?? 0;
