// So many exchanges over loopback and nothing else: what the runs of a catalogue cannot be quicker than.

import { startChild } from './child.ts';

/** Where the server listens. */
export interface Listening {
  readonly port: number;
}

/** What a client is told. */
export interface ClientOrder extends Listening {
  readonly count: number;
}

/** Real milliseconds that `count` exchanges take, shared out among so many clients, from the start of their processes. */
export async function measureExchanges(count: number, clients: number): Promise<number> {
  const begunMs = performance.now();
  const server = startChild('exchanges-server.ts');
  const asking = Array.from({ length: clients }, () => startChild('exchanges-client.ts'));
  try {
    const { port } = await server.ask<Listening>({});
    const order: ClientOrder = { port, count: Math.ceil(count / clients) };
    await Promise.all(asking.map((client) => client.ask(order)));
    return performance.now() - begunMs;
  } finally {
    await Promise.all([server, ...asking].map((child) => child.end()));
  }
}
