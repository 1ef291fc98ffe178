// The world's end of the thread in which the provider lives.

import { Worker } from 'node:worker_threads';
import type { Request } from '../../mocks/index.ts';
import type { Deed, FromProvider, Settings, Told, ToProvider } from './protocol.ts';

/** A provider in a thread of its own. All moments are epoch ms. */
export interface Host {
  /** Answers come in the order of the requests. */
  ask(request: Request, nowMs: number): Promise<Told>;
  /** Takes effect before anything that is asked later. */
  carryOut(deed: Deed, nowMs: number): void;
  close(): Promise<void>;
}

// Next to this file, as source or as built.
const BODY = new URL(`./worker${import.meta.url.slice(-3)}`, import.meta.url);

interface Waiting {
  readonly resolve: (told: Told) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a provider; `whyNoProvider` tells whether that can be done. */
export function startHost(settings: Settings): Host {
  // The thread has a clock of its own; whatever preload this process has is none of its business.
  const worker = new Worker(BODY, { workerData: settings, execArgv: [], env: {} });
  const waiting: Waiting[] = [];
  let failed: Error | null = null;
  const fail = (error: Error) => {
    failed ??= error;
    for (const { reject } of waiting.splice(0)) reject(failed);
  };
  // Whoever waits for an answer keeps this process alive; a provider that nobody asks does not.
  worker.unref();
  worker.on('message', (message: FromProvider) => {
    if (message.kind === 'told') waiting.shift()?.resolve(message);
    else fail(new Error(`the OpenID provider failed: ${message.message}`));
    if (waiting.length === 0) worker.unref();
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the OpenID provider has ended')));
  const say = (message: ToProvider) => worker.postMessage(message);
  return {
    ask: (request, nowMs) =>
      new Promise((resolve, reject) => {
        if (failed !== null) return reject(failed);
        waiting.push({ resolve, reject });
        worker.ref();
        say({ kind: 'ask', nowMs, request });
      }),
    carryOut: (deed, nowMs) => say({ kind: 'do', nowMs, deed }),
    close: async () => {
      await worker.terminate();
    },
  };
}

/** Why no provider can be started, with the fix; null where one can. */
export function whyNoProvider(): string | null {
  try {
    import.meta.resolve('oidc-provider');
    return null;
  } catch {
    return 'it runs on the package oidc-provider, which is not installed: npm install --save-dev oidc-provider@9';
  }
}
