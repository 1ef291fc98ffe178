// Sick of one thing: a refusal without a description in words is no refusal that it knows.

import { broker } from './broker.ts';
import { CAREFUL } from './habits.ts';

/** What it expects a refusal to look like. */
interface Described {
  readonly error_description?: unknown;
}

export default broker({
  isEnd: (answer) => {
    const { error_description } = (answer?.body ?? {}) as Described;
    return CAREFUL.isEnd(answer) && typeof error_description === 'string';
  },
});
