// The process that an agent lives in at present, and the blows that it and its store take.

import type { ProcessBlow } from '../../world/blows.ts';
import type { RunningProcess } from '../process.ts';
import { dealStoreBlow } from '../store-blows.ts';
import type { SubjectRun } from '../subject.ts';

/** The name of the one party of an agent run. */
export const PARTY = 'agent';

/** What of an agent can be hit. */
export interface Body {
  /** A new process takes the place of the last one. */
  enter(child: RunningProcess): void;
  /** Whether the last process was ended by a blow. */
  wasHit(): boolean;
  /** Lets time pass until a blow wants the agent started again; false when none ever will. */
  restartWanted(): Promise<boolean>;
}

/** Takes over the blows of the world. Nothing lives yet. */
export function createBody({ world, clock, folders, signal }: SubjectRun): Body {
  let child: RunningProcess | null = null;
  let hit = false;
  let paused = false;
  let wanted = false;

  const kill = async () => {
    if (child === null) return;
    const { ended, signal: send } = child;
    hit = true;
    send('SIGKILL');
    await ended;
  };
  const pause = () => {
    if (child === null || paused) return;
    paused = true;
    child.signal('SIGSTOP');
    clock.paused(child.pid);
    world.ledger.append({ kind: 'process.paused', party: PARTY });
  };
  const resume = () => {
    if (child === null || !paused) return;
    paused = false;
    clock.resumed(child.pid);
    child.signal('SIGCONT');
    world.ledger.append({ kind: 'process.resumed', party: PARTY });
  };
  const deal = async ({ do: deed, party }: ProcessBlow) => {
    if (party !== PARTY || deed === 'add-replica')
      throw new Error(
        `a blow to do "${deed}" to "${party}", and there is one agent, which is called ${PARTY}`,
      );
    if (deed === 'pause') pause();
    else if (deed === 'resume') resume();
    else await kill();
    // Whoever has ended by itself stays so.
    if (deed !== 'restart' || !hit) return;
    wanted = true;
    clock.stop();
  };

  world.onBlow((blow) => {
    const release = clock.hold('a blow takes effect');
    void ('store' in blow ? dealStoreBlow(blow, folders) : deal(blow)).then(release);
  });
  return {
    enter: (entered) => {
      child = entered;
      hit = false;
      paused = false;
      void entered.ended.then(() => {
        if (child === entered) child = null;
      });
    },
    wasHit: () => hit,
    restartWanted: async () => {
      while (!wanted && !signal.aborted) if ((await clock.run()) !== 'stopped') return false;
      wanted = false;
      return !signal.aborted;
    },
  };
}
