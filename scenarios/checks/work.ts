// What the subject wanted done, however often it asked: requests grouped by account, method, route and named object.

import {
  type Answered,
  type Attempt,
  inOrderOfAnswer,
  isAnswered,
  isRefused,
  ownerOf,
  type Refused,
} from './attempts.ts';
import { idsNamed } from './ids.ts';

/** One piece of work. A request that names several objects is a part of the work on each. */
export interface Work {
  /** Account id, or the service where no account is known. */
  readonly owner: string;
  readonly service: string;
  readonly method: string;
  readonly route: string;
  /** The object's id; null for requests that name none, such as a search. */
  readonly item: string | null;
  /** The answered requests, in the order of their answers. */
  readonly answers: readonly Answered[];
}

/** All work at resource servers, in order of its first request. */
export function worksOf(attempts: readonly Attempt[], ids: ReadonlySet<string>): Work[] {
  const works = new Map<string, Omit<Work, 'answers'> & { answers: Answered[] }>();
  for (const attempt of attempts) {
    const { endpoint, method, route, service } = attempt.opened;
    if (endpoint !== 'resource' || !isAnswered(attempt)) continue;
    const owner = ownerOf(attempt);
    const named: (string | null)[] = [...idsNamed(attempt, ids)];
    for (const item of named.length === 0 ? [null] : named) {
      const key = JSON.stringify([owner, method, route, item]);
      const work = works.get(key) ?? { owner, service, method, route, item, answers: [] };
      work.answers.push(attempt);
      works.set(key, work);
    }
  }
  return [...works.values()].map((work) => ({ ...work, answers: inOrderOfAnswer(work.answers) }));
}

/** The refusals of a piece of work that no later answer healed: those that end its list. */
export function unhealedRefusals(answers: readonly Answered[]): Refused[] {
  const healed = answers.findLastIndex((attempt) => !isRefused(attempt));
  return answers.slice(healed + 1).filter(isRefused);
}
