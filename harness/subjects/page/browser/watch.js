// Runs in each tab before anything of the page's own: keeps count of what could still wake it. The timers that it wraps
// are those of Playwright's clock, which fire when told and do not say when the next one is due.

(() => {
  const FRAME_MS = 16;
  /** So many turns of its event loop a tab is given to come to rest. */
  const TURNS = 3;
  /** @type {Map<unknown, number>} the timers that wait, by id, with their moment in epoch ms */
  const due = new Map();
  /** @type {(() => void)[]} Timers whose moment has come, which run only once every tab has arrived at that moment: what
   * they send to another tab would else be read there in the past. */
  const ready = [];
  /** How often anything has happened here at all. */
  let stirs = 0;
  /** Requests whose answer has not been read to its end. */
  let open = 0;
  /** What the browser itself is still busy with for this tab. */
  let working = 0;

  const { setTimeout, setInterval, requestAnimationFrame, fetch } = globalThis;
  /** @param {unknown} id @param {number} ms */
  const note = (id, ms) => {
    stirs += 1;
    due.set(id, Date.now() + Math.max(1, Number(ms) || 0));
  };
  /** @param {unknown} id @param {() => void} run */
  const once = (id, run) => {
    // Cleared by one that ran just before it.
    if (!due.delete(id)) return;
    stirs += 1;
    run();
  };

  Object.assign(globalThis, {
    /** @param {Function} run @param {number} ms @param {...unknown} args */
    setTimeout(run, ms, ...args) {
      const id = setTimeout(() => ready.push(() => once(id, () => run(...args))), ms);
      note(id, ms);
      return id;
    },
    /** @param {Function} run @param {number} ms @param {...unknown} args */
    setInterval(run, ms, ...args) {
      const again = () => {
        if (!due.has(id)) return;
        note(id, ms);
        run(...args);
      };
      const id = setInterval(() => ready.push(again), ms);
      note(id, ms);
      return id;
    },
    /** @param {FrameRequestCallback} draw */
    requestAnimationFrame(draw) {
      const id = requestAnimationFrame((time) => ready.push(() => once(`frame ${id}`, () => draw(time))));
      note(`frame ${id}`, FRAME_MS);
      return id;
    },
    /** @param {Parameters<typeof fetch>} asked */
    async fetch(...asked) {
      stirs += 1;
      open += 1;
      try {
        const answer = await fetch(...asked);
        // Whole, so that to read it takes the page no time in which nobody could tell that it is busy.
        await answer.clone().arrayBuffer();
        return answer;
      } finally {
        stirs += 1;
        open -= 1;
      }
    },
  });
  for (const [name, prefix] of /** @type {const} */ ([
    ['clearTimeout', ''],
    ['clearInterval', ''],
    ['cancelAnimationFrame', 'frame '],
  ])) {
    const clear = globalThis[name];
    Object.assign(globalThis, {
      [name]: (/** @type {number} */ id) => {
        due.delete(prefix === '' ? id : `${prefix}${id}`);
        clear(id);
      },
    });
  }

  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (...body) {
    stirs += 1;
    open += 1;
    this.addEventListener('loadend', () => {
      stirs += 1;
      open -= 1;
    });
    send.apply(this, body);
  };

  const work = () => {
    stirs += 1;
    working += 1;
    return () => {
      stirs += 1;
      working -= 1;
    };
  };
  /** Counts what the methods of a kind of object begin. @param {Function} kind @param {(begun: any) => void} count */
  const countWork = ({ prototype }, count) => {
    for (const [name, { value: method }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (typeof method !== 'function' || name === 'constructor') continue;
      prototype[name] = function (/** @type {unknown[]} */ ...asked) {
        const begun = method.apply(this, asked);
        count(begun);
        return begun;
      };
    }
  };
  /** @param {unknown} begun */
  const untilSettled = (begun) => {
    if (begun instanceof Promise) begun.finally(work()).catch(() => {});
  };
  /** @param {unknown} begun */
  const untilDone = (begun) => {
    const isTransaction = begun instanceof IDBTransaction;
    if (!isTransaction && !(begun instanceof IDBRequest)) return;
    const done = work();
    for (const event of isTransaction ? ['complete', 'abort'] : ['success', 'error']) {
      begun.addEventListener(event, done, { once: true });
    }
  };
  if (globalThis.SubtleCrypto) countWork(SubtleCrypto, untilSettled);
  for (const kind of [IDBFactory, IDBDatabase, IDBObjectStore, IDBIndex]) countWork(kind, untilDone);

  // What tabs tell each other.
  const stirred = () => {
    stirs += 1;
  };
  addEventListener('storage', stirred);
  addEventListener('message', stirred);
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    /** @param {string} name */
    constructor(name) {
      super(name);
      this.addEventListener('message', stirred);
    }
    /** @override @param {unknown} message */
    postMessage(message) {
      stirs += 1;
      super.postMessage(message);
    }
  };
  const locks = globalThis.navigator.locks;
  const request = /** @type {((...asked: any[]) => Promise<unknown>) | undefined} */ (
    locks?.request.bind(locks)
  );
  if (request !== undefined) {
    locks.request = (/** @type {string} */ name, /** @type {any[]} */ ...rest) => {
      stirs += 1;
      const run = rest.pop();
      const counted = (/** @type {Lock | null} */ lock) => {
        stirs += 1;
        return run(lock);
      };
      return request(name, ...rest, counted).finally(stirred);
    };
  }

  const turn = new MessageChannel();
  const nextTurn = () =>
    new Promise((resolve) => {
      turn.port1.onmessage = resolve;
      turn.port2.postMessage(null);
    });

  Object.assign(globalThis, {
    /** Runs the timers whose moment has come, a turn of the event loop each. */
    async hour4Fire() {
      for (let run = ready.shift(); run !== undefined; run = ready.shift()) {
        try {
          run();
        } catch (error) {
          reportError(error);
        }
        await nextTurn();
      }
    },
    /** Lets pass what is ready to run, and on the ways between tabs, and says how things stand then. */
    async hour4Watch() {
      for (let turns = 0; turns < TURNS; turns++) await nextTurn();
      // The browser answers this after all that it was asked before.
      await request?.(`hour4 ${Math.random()}`, () => {});
      for (let turns = 0; turns < TURNS; turns++) await nextTurn();
      return { stirs, open, working, dueMs: due.size === 0 ? null : Math.min(...due.values()) };
    },
  });
})();
