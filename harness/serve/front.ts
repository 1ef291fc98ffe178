// The intercepting proxy in front of a stand: programs that call the real hosts, started by whoever, reach its services.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { behindWorld } from '../intercept/behind.ts';
import { createCertificateAuthority } from '../intercept/certificates.ts';
import { type Behind, openProxy } from '../intercept/proxy.ts';
import { proxyVariables } from '../intercept/variables.ts';
import { listenProblem, type Stand } from './stand.ts';

/** A proxy that listens. */
export interface Front {
  readonly origin: string;
  /** What programs must have in their environment. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Opens it.
 * @param bodyBytes larger request bodies are answered with 413
 * @throws UsageError for a port that is taken
 */
export async function openFront(stand: Stand, host: string, port: number, bodyBytes: number): Promise<Front> {
  const { clock } = stand;
  const authority = await createCertificateAuthority();
  const opening = openProxy({
    ...{ authority, bodyBytes, upstream: null, place: { host, port } },
    behind: behindStand(stand),
    date: () => new Date(clock.startMs + clock.nowMs).toUTCString(),
    watch: (server) => clock.watchServer(server),
    hold: (reason) => clock.hold(reason),
  });
  const proxy = await opening.catch((error) => {
    throw listenProblem(error, host, '--proxy') ?? error;
  });
  const folder = await mkdtemp(join(tmpdir(), 'hour4-serve-'));
  const certificateFile = join(folder, 'ca.pem');
  await writeFile(certificateFile, authority.certificate);
  return {
    origin: proxy.origin,
    variables: proxyVariables(proxy.origin, certificateFile, {}),
    close: async () => {
      await proxy.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// Which hosts are claimed, only the services know: all that are offered are loaded by the first request, and again
// part of the world after it began anew.
function behindStand(stand: Stand): Behind {
  const present = async () => {
    for (const offer of stand.offers) await stand.open(offer);
    return behindWorld(await stand.world(), () => stand.clock.nudge(process.pid));
  };
  return {
    claims: async (host) => (await present()).claims(host),
    connecting: async (connecting) => (await present()).connecting(connecting),
    receive: async (request, reply) => (await present()).receive(request, reply),
    unclaimed: async (unclaimed) => (await present()).unclaimed(unclaimed),
  };
}
