// A measured process of its own: started, asked by messages, and ended, so that nothing measured shares its processor time.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A child that speaks by messages. */
export interface Child {
  /** Sends a question and waits for the next message. */
  ask<Answer>(question: object): Promise<Answer>;
  /** Ends the process and waits until it is gone. */
  end(): Promise<void>;
}

/** Starts a program of this folder; `execArgv` are options for Node. */
export function startChild(file: string, execArgv: readonly string[] = []): Child {
  const child = fork(join(import.meta.dirname, file), { execArgv: [...execArgv] });
  const exited = once(child, 'exit');
  return {
    ask: async (question) => {
      const answer = nextMessage(child, file);
      child.send(question);
      return (await answer) as never;
    },
    end: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

function nextMessage(child: ChildProcess, file: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null) =>
      reject(new Error(`${file} ended (${code ?? signal}) before it answered`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message);
    });
  });
}

/** In a child: answers every message with what `reply` returns for it. */
export function answerParent<Question>(reply: (question: Question) => Promise<object> | object): void {
  process.on('message', async (question) => {
    process.send?.(await reply(question as Question));
  });
}
