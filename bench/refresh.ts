// Refreshes with rotation over HTTP, against bare node:http that parses the form and answers a constant.

import { startChild } from './child.ts';
import type { LoadOrder, LoadReport, ServerQuestion, Started, Usage } from './refresh-protocol.ts';

/** How hard and how long. */
export interface RefreshPlan {
  readonly connections: number;
  /** So many refreshes first, uncounted: a compiler that still works would be measured with the server. */
  readonly warmUpAnswers: number;
  /** So many refreshes that count. */
  readonly answers: number;
  /** Ends either of them early. */
  readonly longestMs: number;
}

/** What one load showed. */
export interface RefreshRate {
  readonly perSecond: number;
  /** Processor time of the server per refresh. */
  readonly serverCpuMicros: number;
  /** The share of one core that the load generator used; near 1 it would have been the limit. */
  readonly loadCpuShare: number;
  /** How many signed tokens an answer holds. */
  readonly signatures: number;
}

/** One load on a fresh server. */
export async function measureRefreshes(
  server: 'world' | 'bare',
  plan: RefreshPlan,
  service = 'plain',
): Promise<RefreshRate> {
  const { connections, warmUpAnswers, answers, longestMs } = plan;
  const serving = startChild(`refresh-${server}.ts`);
  const loading = startChild('refresh-load.ts');
  const askServer = <A>(question: ServerQuestion) => serving.ask<A>(question);
  const load = (order: LoadOrder) => loading.ask<LoadReport>(order);
  try {
    const started = await askServer<Started>({ start: { service, accounts: connections } });
    const warm = await load({ ...started, answers: warmUpAnswers, longestMs });
    const before = await askServer<Usage>({ usage: true });
    const report = await load({ port: started.port, accounts: warm.accounts, answers, longestMs });
    const after = await askServer<Usage>({ usage: true });
    return {
      perSecond: (report.answers / report.elapsedMs) * 1000,
      serverCpuMicros: (after.cpuMicros - before.cpuMicros) / report.answers,
      loadCpuShare: report.cpuMicros / 1000 / report.elapsedMs,
      signatures: report.signatures,
    };
  } finally {
    await Promise.all([loading.end(), serving.end()]);
  }
}
