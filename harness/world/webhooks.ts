// Messages by which services tell the subject that a grant has ended: sent after the act, and on record with their answer.

import type { ActName, Webhook } from '../../mocks/index.ts';
import { forged } from '../../mocks/webhook.ts';
import { type Context, occurrence } from './context.ts';
import type { WorldProvider } from './provider.ts';

/** A message on its way to the subject. */
export interface Delivery extends Webhook {
  /** `w-1`, `w-2`, ... */
  readonly delivery: string;
  readonly service: string;
  readonly account: string;
}

/** Brings messages to the subject, and returns the status of its answer; null where nobody answered. */
export type Courier = (delivery: Delivery) => Promise<number | null>;

/**
 * Sends what a service has to say of an act, if it says anything and somebody brings it.
 * @param by `forger`: somebody without the service's key says it in its name, though nothing has happened
 */
export function tellOf(
  context: Context,
  provider: WorldProvider,
  account: string,
  act: ActName,
  by: 'service' | 'forger' = 'service',
): void {
  const { clock, ledger, randomness } = context;
  const courier = context.courier();
  if (courier === null) return;
  const delivery = `w-${occurrence(context, 'webhook')}`;
  const webhook = provider.tell(account, act, context.epochMs(), delivery);
  if (webhook === null) return;
  const service = provider.service.id;
  const { minMs, maxMs } = context.latency;
  const latencyMs =
    minMs + Math.floor(randomness.uniform('latency', 'webhook', delivery) * (maxMs - minMs + 1));
  const named = { delivery, service, account };
  const entry = { kind: 'webhook.sent', party: 'world', ...named, event: webhook.event } as const;
  clock.schedule(clock.nowMs + latencyMs, `webhook ${delivery.padStart(12, '0')}`, () => {
    ledger.append(by === 'forger' ? { ...entry, forged: true } : entry);
    void courier({ ...(by === 'forger' ? forged(webhook) : webhook), ...named }).then((status) =>
      ledger.append({ kind: 'webhook.answered', party: 'world', ...named, status }),
    );
  });
}
