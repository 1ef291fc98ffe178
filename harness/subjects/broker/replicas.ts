// The processes of a broker: started, asked, hit and ended, each a party of its own.

import type { Ending } from '../../check.ts';
import { createHeard, type Heard } from '../heard.ts';
import type { RunningProcess } from '../process.ts';
import { variablesOf } from '../program.ts';
import { startParty } from '../start.ts';
import type { SubjectRun } from '../subject.ts';
import { recordEnding } from '../supervise.ts';
import { freePort } from './free-port.ts';
import { type BrokerClient, createBrokerClient } from './http-client.ts';

/** The replicas of a broker, by number from 0. */
export interface Replicas {
  /** How many there are, ended ones included. */
  count(): number;
  /** `broker-0`, `broker-1`, ... */
  party(replica: number): string;
  client(replica: number): BrokerClient;
  alive(replica: number): boolean;
  /** The parties that the story added to those of the start. */
  newcomers(): readonly string[];
  heard(): readonly Heard[];
  /** Starts another one and returns its number. */
  add(): Promise<number>;
  /** Starts an ended one again: same variables, port and store. */
  restart(replica: number): Promise<void>;
  /** Ends one at once, as a crash would. */
  kill(replica: number): Promise<void>;
  pause(replica: number): void;
  resume(replica: number): void;
  /** SIGTERM to all, and SIGKILL to whoever takes longer than `graceMs` of real time. How the broker as a whole ended. */
  stop(graceMs: number): Promise<Ending>;
}

/** What the replicas tell of themselves. */
export interface ReplicaListener {
  /** One ended that nobody had told to. */
  onLost(party: string, ending: Ending): void;
  onFlood(party: string, stream: 'stdout' | 'stderr'): void;
}

interface Replica {
  readonly party: string;
  readonly port: number;
  readonly client: BrokerClient;
  readonly heard: Heard;
  readonly env: Readonly<Record<string, string>>;
  process: RunningProcess | null;
  /** Whether its end is wanted. */
  doomed: boolean;
  paused: boolean;
}

/** No replica runs yet. */
export function createReplicas(run: SubjectRun, listener: ReplicaListener): Replicas {
  const { clock, world, program, limits, folders, worldFile } = run;
  const variables = variablesOf(program, world, { folders, seed: worldFile.seed, run: run.run });
  const replicas: Replica[] = [];
  const at = (number: number): Replica => {
    const found = replicas[number];
    if (found === undefined) throw new Error(`there is no replica ${number}`);
    return found;
  };

  const launch = async (replica: Replica, resume: boolean) => {
    replica.doomed = false;
    const { party, env, heard } = replica;
    const child = await startParty(run, { kind: 'broker', party, env, strays: null }, heard);
    replica.process = child;
    world.ledger.append({ kind: 'process.started', party, resume });
    clock.expectProcess(party, child.pid);
    // It may have been there before, and heard of its new life on a way that the clock does not see.
    clock.nudge(child.pid);
    void child.ended.then((ending) => {
      replica.process = null;
      if (!child.stays()) clock.processExited(child.pid);
      if (replica.doomed) return;
      recordEnding(world, replica.party, ending);
      listener.onLost(replica.party, ending);
    });
  };

  const add = async () => {
    const number = replicas.length;
    const party = `broker-${number}`;
    const port = await freePort();
    const own = { ...variables, PORT: String(port), HOUR4_REPLICA: String(number) };
    const heard = createHeard(world, party);
    heard.onFlood = (stream) => listener.onFlood(party, stream);
    const replica: Replica = {
      party,
      port,
      heard,
      client: createBrokerClient(port, clock, limits.bodyBytes),
      env: { ...own, ...clock.envFor(party, own) },
      process: null,
      doomed: false,
      paused: false,
    };
    replicas.push(replica);
    await launch(replica, false);
    return number;
  };

  const resume = (number: number) => {
    const replica = at(number);
    if (replica.process === null || !replica.paused) return;
    replica.paused = false;
    clock.resumed(replica.process.pid);
    replica.process.signal('SIGCONT');
    world.ledger.append({ kind: 'process.resumed', party: replica.party });
  };

  return {
    count: () => replicas.length,
    party: (number) => at(number).party,
    client: (number) => at(number).client,
    alive: (number) => at(number).process !== null,
    newcomers: () => replicas.slice(run.subject.replicas ?? 1).map(({ party }) => party),
    heard: () => replicas.map(({ heard }) => heard),
    add,
    restart: (number) => launch(at(number), true),
    kill: async (number) => {
      const replica = at(number);
      if (replica.process === null) return;
      replica.doomed = true;
      const { ended, signal } = replica.process;
      signal('SIGKILL');
      await ended;
      world.ledger.append({ kind: 'process.killed', party: replica.party, reason: 'It was hit.' });
    },
    pause: (number) => {
      const replica = at(number);
      if (replica.process === null || replica.paused) return;
      replica.paused = true;
      replica.process.signal('SIGSTOP');
      clock.paused(replica.process.pid);
      world.ledger.append({ kind: 'process.paused', party: replica.party });
    },
    resume,
    stop: async (graceMs) => {
      const living = replicas.filter((replica) => replica.process !== null);
      for (const number of replicas.keys()) resume(number);
      const endings = await Promise.all(living.map((replica) => stopOne(replica, run, graceMs)));
      living.forEach((replica, index) => {
        const ending = endings[index];
        if (ending !== undefined) recordEnding(world, replica.party, ending);
        replica.client.close();
      });
      return endings.find(({ kind }) => kind === 'killed') ?? { kind: 'exited', code: 0 };
    },
  };
}

async function stopOne(replica: Replica, { clock }: SubjectRun, graceMs: number): Promise<Ending> {
  const { process: child } = replica;
  if (child === null) return { kind: 'exited', code: 0 };
  replica.doomed = true;
  let late = false;
  child.stop();
  clock.nudge(child.pid);
  const timer = setTimeout(() => {
    late = true;
    child.signal('SIGKILL');
  }, graceMs);
  const ending = await child.ended;
  clearTimeout(timer);
  if (late)
    return { kind: 'killed', why: `${replica.party} was still there ${graceMs / 1000} s after SIGTERM.` };
  return ending;
}
