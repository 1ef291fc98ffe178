// Blows: hits on the subject's processes and on its store. The world only says when; the driver of the subject deals them.

/** A hit on a process. */
export interface ProcessBlow {
  readonly do: 'kill' | 'pause' | 'resume' | 'restart' | 'add-replica';
  /**
   * Whom it hits, e.g. `agent`, `broker-1`; `add-replica` names the newcomer. `{party}` stands for the party of the entry
   * that a step waited for: who that will be may be up to the subject.
   */
  readonly party: string;
}

/** A hit on the store, which every process of the subject shares. */
export interface StoreBlow {
  /**
   * `read-only` and `full` make writes fail, `torn` ends the next write to each file in the
   * middle, `writable` undoes these;
   * `snapshot` keeps a copy of the store, and `restore` puts it back.
   */
  readonly store: 'read-only' | 'full' | 'torn' | 'writable' | 'snapshot' | 'restore';
}

/** A hit on the subject. */
export type Blow = ProcessBlow | StoreBlow;

/** Deals blows. It must hold the clock until the blow has taken effect. */
export type Striker = (blow: Blow) => void;
