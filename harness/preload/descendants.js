// @ts-check
// The child processes and worker threads of this thread: each is busy until the world hears from it or sees it gone.
import childProcess from 'node:child_process';
import { Worker } from 'node:worker_threads';

/** @type {Set<childProcess.ChildProcess>} */
const children = new Set();
/** @type {Map<number, Worker>} */
const threads = new Map();
/** @type {Set<Worker>} threads of Node's own for module hooks, which no preload reaches */
const hookThreads = new Set();
/** @type {WeakSet<Worker>} */
const letGo = new WeakSet();
let births = 0;

/** @param {string} line the place of this process in its family, such as `0.2` @param {() => void} onChange */
export function installDescendants(line, onChange) {
  const prototype = /** @type {any} */ (childProcess.ChildProcess.prototype);
  const { spawn } = prototype;
  prototype.spawn = /** @this {childProcess.ChildProcess} */ function (/** @type {any} */ options) {
    const pairs = options.envPairs?.filter((/** @type {string} */ pair) => !pair.startsWith('HOUR4_LINE='));
    births += 1;
    onChange();
    const error = spawn.call(
      this,
      pairs ? { ...options, envPairs: [...pairs, `HOUR4_LINE=${line}.${births}`] } : options,
    );
    if (this.pid !== undefined) {
      children.add(this);
      this.once('exit', onChange);
    }
    onChange();
    return error;
  };
  const { ref, unref } = Worker.prototype;
  Worker.prototype.ref = function () {
    letGo.delete(this);
    return ref.call(this);
  };
  Worker.prototype.unref = function () {
    letGo.add(this);
    return unref.call(this);
  };
  process.on('worker', (worker) => {
    if (worker.constructor.name === 'InternalWorker') {
      hookThreads.add(worker);
      return;
    }
    const { threadId } = worker;
    threads.set(threadId, worker);
    worker.once('exit', () => {
      threads.delete(threadId);
      onChange();
    });
    onChange();
  });
}

/** @returns {number[]} pids of the children whose exit this process has not seen */
export function livingChildren() {
  for (const child of children)
    if (child.exitCode !== null || child.signalCode !== null) children.delete(child);
  return [...children].map((child) => child.pid ?? 0);
}

/** @returns {number[]} ids of the worker threads whose exit this thread has not seen */
export const livingThreads = () => [...threads.keys()];

/** How many of them keep this thread alive, which Node does not list. */
export const holdingThreads = () => [...threads.values()].filter((worker) => !letGo.has(worker)).length;

/** @returns {string[]} Node keeps its thread for module hooks ref'd exactly while it waits for an answer from it */
export const pendingHooks = () =>
  [...hookThreads].filter((worker) => !letGo.has(worker)).map(() => 'module hooks');
