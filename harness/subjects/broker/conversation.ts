// What hour4 asks of a broker and what it answers, on record. Answers of one moment are taken in the order of the asking.

import type { Account, Json } from '../../../mocks/index.ts';
import type { BrokerOperation } from '../../entry.ts';
import type { PlannedCall } from '../../workload/workload.ts';
import { asJson } from '../../world/context.ts';
import { CALL_HEADER } from '../../world/intents.ts';
import type { Delivery } from '../../world/webhooks.ts';
import type { SubjectRun } from '../subject.ts';
import type { Told } from './http-client.ts';
import type { Replicas } from './replicas.ts';

/** Everything that may be asked of a broker; promises resolve once the answer is on record. */
export interface Conversation {
  connect(account: Account, replica: number): Promise<Told>;
  call(call: PlannedCall): void;
  status(account: string, replica: number): Promise<Told>;
  token(account: string, replica: number): Promise<Told>;
  audit(replica: number): Promise<Told>;
  /** Brings a service's message to this path of a replica. Whoever sent it puts it on record. */
  bring(delivery: Delivery, replica: number, path: string): Promise<Told>;
  /** How much was asked and not answered. */
  pending(): number;
  /** Puts on record that what is pending was never answered. */
  end(): void;
}

interface Asked {
  readonly nth: number;
  readonly record: (told: Told) => void;
  /** Null where nobody waits for the answer. */
  readonly resolve: ((told: Told) => void) | null;
  told: Told | null;
}

/** What differs between operations. */
interface Question {
  readonly operation: BrokerOperation;
  readonly replica: number;
  readonly id?: string;
  readonly account: string | null;
  readonly call?: PlannedCall;
  readonly ask: readonly [method: 'GET' | 'PUT' | 'POST', path: string, body?: Json];
}

const NEVER: Told = { status: null, text: '', failure: 'No answer ever came.' };

/** A conversation with the replicas of a broker. */
export function createConversation(
  { world, clock }: Pick<SubjectRun, 'world' | 'clock'>,
  replicas: Replicas,
): Conversation {
  const open = new Set<Asked>();
  let asked = 0;
  let others = 0;

  // Once all has come to rest: which answer reached us first is up to the operating system.
  clock.onQuiescent(
    () => {
      const answered = [...open].filter(({ told }) => told !== null).sort((a, b) => a.nth - b.nth);
      for (const each of answered) finish(each, each.told ?? NEVER);
      // Only where somebody waits for the answer may something come of it at this moment.
      return answered.some(({ resolve }) => resolve !== null);
    },
    () => [...open].some(({ told, resolve }) => told !== null && resolve !== null),
  );

  const finish = (each: Asked, told: Told) => {
    open.delete(each);
    each.record(told);
    each.resolve?.(told);
  };

  const expect = (answer: Promise<Told>, record: Asked['record'], resolve: Asked['resolve']): void => {
    const each: Asked = { nth: ++asked, record, resolve, told: null };
    open.add(each);
    void answer.then((told) => {
      each.told = told;
      // A clock that no process follows sees nothing of a connection that was refused.
      if (clock.mode !== 'exact') clock.nudge(0);
    });
  };

  const put = (
    { operation, replica, account, call, ask, id = `o-${++others}` }: Question,
    resolve: Asked['resolve'],
  ): void => {
    const party = replicas.party(replica);
    const common = { operation, call: id, party, account };
    const { method = null, path = null, body = null, agent = null, task = null } = call ?? {};
    world.ledger.append({ kind: 'call.sent', ...common, method, path, body, agent, task });
    const record = ({ status, text, failure }: Told) => {
      const result = text === '' ? null : asJson(world.capture(party, 'answer', text));
      world.ledger.append({ kind: 'call.returned', ...common, status, result, failure });
    };
    expect(replicas.client(replica).ask(...ask), record, resolve);
  };
  const putAndWait = (question: Question) => new Promise<Told>((resolve) => put(question, resolve));

  return {
    connect: (account, replica) => {
      const { id } = account;
      const ask = ['PUT', `/accounts/${id}`, account as unknown as Json] as const;
      return putAndWait({ operation: 'connect', replica, account: id, ask });
    },
    call: (call) => {
      const { id, account, replica, method, path, body, agent, task } = call;
      world.intend({ call: id, account, method, path });
      const wish = { method, path, headers: { [CALL_HEADER]: id }, task, agent };
      const full = body === null ? wish : { ...wish, body };
      const ask = ['POST', `/accounts/${account}/call`, full] as const;
      put({ operation: 'call', replica, id, account, call, ask }, null);
    },
    status: (account, replica) =>
      putAndWait({ operation: 'status', replica, account, ask: ['GET', `/accounts/${account}`] }),
    token: (account, replica) =>
      putAndWait({ operation: 'token', replica, account, ask: ['GET', `/accounts/${account}/token`] }),
    audit: (replica) => putAndWait({ operation: 'audit', replica, account: null, ask: ['GET', '/audit'] }),
    bring: ({ headers, body }, replica, path) =>
      new Promise((resolve) => expect(replicas.client(replica).post(path, headers, body), () => {}, resolve)),
    pending: () => open.size,
    end: () => {
      for (const each of [...open]) finish(each, NEVER);
    },
  };
}
