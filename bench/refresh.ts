// Refreshes at a service over HTTP, against bare node:http that parses the same and answers a constant as long.

import { type Child, startChild } from './child.ts';
import type { LoadOrder, LoadReport, ServerQuestion, Started, Usage } from './refresh-protocol.ts';

/** How hard and how long. */
export interface RefreshPlan {
  readonly connections: number;
  /** So many refreshes first, uncounted: a compiler that still works would be measured with the server. */
  readonly warmUpAnswers: number;
  /** Ends the warm-up early. */
  readonly longestWarmUpMs: number;
  /** So many refreshes that count, in each measurement. */
  readonly answers: number;
  /** Ends a measurement early. */
  readonly longestMs: number;
}

/** What one load showed. */
export interface RefreshRate {
  readonly perSecond: number;
  /** Processor time of the server per refresh, that of its helping threads included. */
  readonly serverCpuMicros: number;
}

/** A server that stays, so that the loads on it can be interleaved with those on another. */
export interface Refreshing {
  /** How many signed tokens an answer holds. */
  readonly signatures: number;
  /** One load: every account goes on with the token that it had last. */
  measure(): Promise<RefreshRate>;
  end(): Promise<void>;
}

/** The process that makes the load, on one server at a time. */
export const startLoading = (): Child => startChild('refresh-load.ts');

/** Starts a world with a service, or its bare counterpart, in a process of its own, and warms it up. */
export async function openRefreshes(
  loading: Child,
  plan: RefreshPlan,
  server: 'world' | 'bare',
  service: string,
): Promise<Refreshing> {
  const { connections, warmUpAnswers, longestWarmUpMs, answers, longestMs } = plan;
  const serving = startChild(`refresh-${server}.ts`);
  const askServer = <A>(question: ServerQuestion) => serving.ask<A>(question);
  const load = (order: LoadOrder) => loading.ask<LoadReport>(order);
  try {
    const { port, accounts: fresh } = await askServer<Started>({ start: { service, accounts: connections } });
    const warmUp = await load({
      port,
      accounts: fresh,
      answers: warmUpAnswers,
      longestMs: longestWarmUpMs,
    });
    let { accounts } = warmUp;
    const measure = async (): Promise<RefreshRate> => {
      const before = await askServer<Usage>({ usage: true });
      const report = await load({ port, accounts, answers, longestMs });
      const after = await askServer<Usage>({ usage: true });
      accounts = report.accounts;
      return {
        perSecond: (report.answers / report.elapsedMs) * 1000,
        serverCpuMicros: (after.cpuMicros - before.cpuMicros) / report.answers,
      };
    };
    return { signatures: warmUp.signatures, measure, end: serving.end };
  } catch (error) {
    await serving.end();
    throw error;
  }
}
