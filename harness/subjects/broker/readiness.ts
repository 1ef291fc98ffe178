// Waits until a replica says that it takes work. Time is the world's: the questions come at moments that do not vary.

import type { SubjectRun } from '../subject.ts';
import type { Replicas } from './replicas.ts';

const ASK_EVERY_MS = 100;
/** In virtual ms; a broker of real time has as many real ones. */
const READY_WITHIN_MS = 10_000;

/** Resolves once the replica is ready, with null, or with the reason why it never will be. */
export async function readiness(
  { clock, world }: Pick<SubjectRun, 'clock' | 'world'>,
  replicas: Replicas,
  replica: number,
): Promise<string | null> {
  const party = replicas.party(replica);
  const endMs = clock.nowMs + READY_WITHIN_MS;
  const late = new Promise<'late'>((resolve) =>
    clock.schedule(endMs, `ready ${party} late`, () => resolve('late')),
  );
  while (clock.nowMs < endMs) {
    if (!replicas.alive(replica)) return `${party} ended before it was ready.`;
    const told = await Promise.race([replicas.client(replica).ask('GET', '/readyz'), late]);
    if (told !== 'late' && told.status === 200) {
      world.ledger.append({ kind: 'process.ready', party });
      return null;
    }
    await new Promise<void>((resolve) => {
      clock.schedule(clock.nowMs + ASK_EVERY_MS, `ready ${party}`, resolve);
    });
  }
  return `${party} was not ready within ${READY_WITHIN_MS / 1000} s.`;
}
