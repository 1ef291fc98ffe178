// Whether a run needs a person: where new consents are given, and a service has pages for that.

import type { Service } from '../../mocks/index.ts';
import type { SubjectKind } from '../check.ts';
import type { Telling } from '../scenario.ts';
import { isServed } from '../world/provider.ts';

/** Whether somebody must come to a page in the course of the story. */
export function asksPeople(
  kind: SubjectKind,
  { broker, agent }: Pick<Telling, 'broker' | 'agent'>,
  services: readonly Service[],
): boolean {
  const reauthorizes = kind === 'broker' ? broker?.reauthorizes : agent?.reauthorizes;
  return reauthorizes === true && services.some(isServed);
}
