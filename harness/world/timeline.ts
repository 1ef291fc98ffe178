// The steps of a scenario's timeline, carried out on the world: at their moment, or once their condition is met.

import type { Act } from '../../mocks/index.ts';
import { nearest } from '../config/nearest.ts';
import { UsageError } from '../errors.ts';
import type { TimelineDeed, TimelineStep } from '../scenario.ts';
import type { Blow } from './blows.ts';
import type { Context } from './context.ts';
import type { WorldProvider } from './provider.ts';
import { recordEffects } from './recording.ts';
import { tellOf } from './webhooks.ts';

/**
 * Hangs every step of the timeline on the clock, in the order in which they are written.
 * @throws UsageError for a step that names an account which is not there
 */
export function scheduleTimeline(context: Context): void {
  const { clock, conditions } = context;
  for (const step of context.timeline) if ('account' in step) providerOf(context, step.account);
  context.timeline.forEach((step, index) => {
    const at = (dueMs: number, deed: TimelineDeed) =>
      clock.schedule(dueMs, `timeline ${String(index).padStart(4, '0')}`, () => take(context, deed));
    if ('when' in step)
      conditions.add(step.when, (afterMs, met) => void at(clock.nowMs + afterMs, aimedAt(step, met.party)));
    else at(step.atMs, step);
  });
}

function aimedAt(deed: TimelineDeed, party: string): TimelineDeed {
  const isOpen = 'blow' in deed && 'party' in deed.blow && deed.blow.party === '{party}';
  return isOpen ? { blow: { ...deed.blow, party } as Blow } : deed;
}

/** Carries out one deed, at once. */
export function take(context: Context, step: TimelineDeed | TimelineStep): void {
  if ('fault' in step) context.faults.add(step.fault);
  else if ('gate' in step) context.gates.add(step.gate);
  else if ('blow' in step) strike(context, step.blow);
  else if ('skewMs' in step) skew(context, step);
  else if ('forge' in step)
    tellOf(context, providerOf(context, step.account), step.account, step.forge, 'forger');
  else act(context, step);
}

function skew(
  { clock, ledger }: Context,
  { party, skewMs }: Extract<TimelineDeed, { skewMs: number }>,
): void {
  ledger.append({ kind: 'clock.skewed', party, skewMs });
  clock.setWallOffset(party, skewMs);
}

function strike(context: Context, blow: Extract<TimelineDeed, { blow: unknown }>['blow']): void {
  if ('store' in blow) context.ledger.append({ kind: 'blow', party: 'world', store: blow.store });
  context.strike(blow);
}

function providerOf({ providers, scenario, accounts }: Context, account: string): WorldProvider {
  const known = accounts.map(({ id }) => id);
  const provider = [...providers.values()].find(({ authority }) => authority.account(account) !== null);
  if (provider === undefined)
    throw new UsageError(
      `scenario ${scenario}: the timeline names account "${account}", which this world does not have: ${nearest(account, known)}`,
    );
  return provider;
}

function act(context: Context, step: Extract<TimelineDeed, { act: unknown }>): void {
  const { account } = step;
  const provider = providerOf(context, account);
  context.ledger.append({
    kind: 'act',
    party: 'world',
    act: step.act,
    service: provider.service.id,
    account,
  });
  const deed: Act = step.act === 'narrow-scope' ? { act: step.act, scopes: step.scopes } : { act: step.act };
  recordEffects(context, provider, provider.act(account, deed, context.epochMs()), null);
  tellOf(context, provider, account, deed.act);
}
