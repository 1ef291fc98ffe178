// Messages by which services tell the subject that a grant has ended: sent after the act, and on record with their answer.

import type { Act, Provider, Webhook } from '../../mocks/index.ts';
import { type Context, occurrence } from './context.ts';

/** A message on its way to the subject. */
export interface Delivery extends Webhook {
  readonly service: string;
  readonly account: string;
}

/** Brings messages to the subject, and returns the status of its answer; null where nobody answered. */
export type Courier = (delivery: Delivery) => Promise<number | null>;

/** Sends what a service has to say of an act, if it says anything and somebody brings it. */
export function tellOf(context: Context, provider: Provider, account: string, act: Act['act']): void {
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
  const named = { party: 'world', delivery, service, account };
  clock.schedule(clock.nowMs + latencyMs, `webhook ${delivery.padStart(12, '0')}`, () => {
    ledger.append({ kind: 'webhook.sent', ...named, event: webhook.event });
    void courier({ ...webhook, service, account }).then((status) =>
      ledger.append({ kind: 'webhook.answered', ...named, status }),
    );
  });
}
