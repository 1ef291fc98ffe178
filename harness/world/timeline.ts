// The steps of a scenario's timeline, carried out on the world.

import type { Act } from '../../mocks/index.ts';
import type { TimelineStep } from '../scenario.ts';
import type { Context } from './context.ts';
import { recordEffects } from './recording.ts';

/** Hangs every step of the timeline on the clock, in the order in which they are written. */
export function scheduleTimeline(context: Context): void {
  context.timeline.forEach((step, index) => {
    context.clock.schedule(step.atMs, `timeline ${String(index).padStart(4, '0')}`, () =>
      take(context, step),
    );
  });
}

function take(context: Context, step: TimelineStep): void {
  if ('fault' in step) {
    context.faults.add(step.fault);
    return;
  }
  const { atMs: _moment, account, ...act } = step;
  const provider = [...context.providers.values()].find(
    ({ authority }) => authority.account(account) !== null,
  );
  if (provider === undefined)
    throw new Error(`the timeline names account "${account}", which this world does not have`);
  context.ledger.append({ kind: 'act', party: 'world', act: act.act, service: provider.service.id, account });
  recordEffects(context, provider, provider.act(account, act as Act, context.epochMs()), null);
}
