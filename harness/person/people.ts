// The person of a suite, with one browser for all visits, which is started for the first of them.

import { type Onlooker, startPerson } from './browser.ts';
import type { Person } from './visit.ts';

/** Whoever may be asked. */
export interface People {
  somebody(): Promise<Person>;
  close(): Promise<void>;
}

/** Nobody is there before somebody is needed. */
export function waitingPeople(onlooker?: Onlooker): People {
  let started: Promise<Person> | null = null;
  return {
    somebody: () => {
      started ??= startPerson(onlooker);
      return started;
    },
    close: async () => {
      const person = started;
      started = null;
      await (await person)?.close();
    },
  };
}
