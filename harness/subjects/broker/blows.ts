// Deals the blows of a timeline to the replicas. Time stands until each has taken effect.

import type { ProcessBlow } from '../../world/blows.ts';
import { dealStoreBlow } from '../store-blows.ts';
import type { SubjectRun } from '../subject.ts';
import { readiness } from './readiness.ts';
import type { Replicas } from './replicas.ts';

/** Takes over the blows of the world. */
export function takeBlows(run: Pick<SubjectRun, 'world' | 'clock' | 'folders'>, replicas: Replicas): void {
  const { world, clock, folders } = run;
  world.onBlow((blow) => {
    const release = clock.hold('a blow takes effect');
    void ('store' in blow ? dealStoreBlow(blow, folders) : deal(blow, replicas)).then(() => {
      release();
      // Whether a newcomer takes work is on record as it is for the first start.
      if (!('store' in blow) && blow.do === 'restart') void readiness(run, replicas, numberOf(blow.party));
    });
  });
}

async function deal(blow: ProcessBlow, replicas: Replicas): Promise<void> {
  const replica = numberOf(blow.party);
  switch (blow.do) {
    case 'kill':
      return replicas.kill(replica);
    case 'pause':
      return replicas.pause(replica);
    case 'resume':
      return replicas.resume(replica);
    case 'restart':
      await replicas.kill(replica);
      return replicas.restart(replica);
    case 'add-replica':
      await replicas.add();
  }
}

function numberOf(party: string): number {
  const number = /^broker-(\d+)$/.exec(party)?.[1];
  if (number === undefined) throw new Error(`a blow names "${party}", which is no replica`);
  return Number(number);
}
