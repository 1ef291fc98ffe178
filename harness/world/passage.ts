// The way of one exchange through the world: admitted, committed by the engine, answered or lost.

import { type Answer, isJsonObject } from '../../mocks/http.ts';
import type { Exchange, Json } from '../../mocks/index.ts';
import type { Reach } from '../time/agenda.ts';
import type { Open } from './arrivals.ts';
import { type Context, occurrence } from './context.ts';
import type { ExchangeFault as Fault } from './faults.ts';
import type { Gate } from './gates.ts';
import { recordAnswer, recordHandled, recordLoss, recordOpened } from './recording.ts';

/** Lets a request in: on record, with its latency and its fault, towards the engine. */
export function admit(context: Context, open: Open): void {
  const { ledger, clock, faults } = context;
  open.exchange = `x-${occurrence(context, 'exchange')}`;
  recordOpened(context, open);
  const latencyMs = drawLatency(context, open);
  const fault = faults.meet(open.met, clock.nowMs);
  if (fault !== null) {
    ledger.append({ kind: 'fault.applied', party: open.party, fault: fault.id, exchange: open.exchange });
  }
  const backMs = Math.ceil(latencyMs / 2);
  const delayMs = fault?.do === 'delay' ? fault.ms : 0;
  const goOn = () => atGate(context, 'before-commit', open, () => reach(context, open, fault, backMs));
  // With a way back before it, the caller learns nothing of what the server does.
  after(context, latencyMs - backMs + delayMs, open, goOn, backMs === 0 ? 'caller' : 'nobody');
}

function atGate(context: Context, phase: Gate['phase'], open: Open, go: () => void): void {
  const stop = context.gates.inTheWay(phase, open.met);
  if (stop === null) go();
  else stop({ exchange: open.exchange, party: open.party, isGone: () => open.ended, go });
}

/** The caller hung up before it had an answer. */
export function hangUp(context: Context, open: Open): void {
  if (open.ended) return;
  open.ended = true;
  recordLoss(context, open, 'subject');
}

// The request has reached the server: from here a fault either keeps it from the engine, or meddles with the answer.
function reach(context: Context, open: Open, fault: Fault | null, backMs: number): void {
  if (open.ended) return;
  const back = (run: () => void) =>
    after(context, backMs, open, () => atGate(context, 'after-commit', open, run), 'caller');
  switch (fault?.do) {
    case 'answer':
      back(() => answer(context, open, fault.answer));
      break;
    case 'drop':
    case 'reset':
      lose(context, open, fault, back);
      break;
    case 'stall':
      commit(context, open, () => {});
      break;
    case 'rewrite':
      commit(context, open, (given) => back(() => answer(context, open, rewritten(given, fault.fields))));
      break;
    default:
      commit(context, open, (given) => back(() => answer(context, open, given)));
  }
}

function lose(
  context: Context,
  open: Open,
  fault: Extract<Fault, { do: 'drop' | 'reset' }>,
  back: (run: () => void) => void,
): void {
  const away = () => back(() => cut(context, open, fault.do === 'reset' ? 'reset' : 'close'));
  if (fault.when === 'after-commit') commit(context, open, away);
  else away();
}

// Most services answer at once. Where a server of its own is asked, time stands until it has answered.
function commit(context: Context, open: Open, then: (given: Answer) => void): void {
  const settle = (handled: Exchange) => {
    open.handled = handled;
    recordHandled(context, open, handled);
    then(handled.answer);
  };
  const handled = open.provider.handle(open.request, context.epochMs(), open.exchange, open.identified);
  if (!(handled instanceof Promise)) {
    settle(handled);
    return;
  }
  const release = context.clock.hold(`the server of ${open.provider.service.id} answers`);
  void handled.then(settle).finally(release);
}

function answer(context: Context, open: Open, given: Answer): void {
  if (open.ended) return;
  open.ended = true;
  recordAnswer(context, open, given);
  open.reply.send(given);
}

function cut(context: Context, open: Open, how: 'close' | 'reset'): void {
  if (open.ended) return;
  open.ended = true;
  recordLoss(context, open, 'fault');
  open.reply.cut(how);
}

// Without a delay the next stage runs at once, so that a load without latency costs no events.
function after(context: Context, delayMs: number, open: Open, run: () => void, whom: Reach): void {
  const { clock } = context;
  if (delayMs === 0) run();
  else clock.schedule(clock.nowMs + delayMs, `exchange ${open.exchange.padStart(12, '0')}`, run, whom);
}

function drawLatency(context: Context, open: Open): number {
  const { minMs, maxMs } = context.latency;
  if (maxMs === 0) return 0;
  const key = [open.identified.account ?? open.party, open.identified.route];
  const nth = occurrence(context, `latency ${key.join(' ')}`);
  return minMs + Math.floor(context.randomness.uniform('latency', ...key, nth) * (maxMs - minMs + 1));
}

function rewritten(given: Answer, fields: Readonly<Record<string, unknown>>): Answer {
  if (!isJsonObject(given.body)) return given;
  const kept = Object.entries({ ...given.body, ...fields }).filter(([, value]) => value !== null);
  return { ...given, body: Object.fromEntries(kept) as Json };
}
