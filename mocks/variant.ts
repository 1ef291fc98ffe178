// What variants are made of: a service with other knobs, or with other words for one refusal.

import type { Policy } from './policy.ts';
import type { Service, WireRow } from './service.ts';

/** The service with these knobs in place of its own. */
export const withPolicy = (service: Service, knobs: Partial<Policy>): Service => ({
  ...service,
  policy: { ...service.policy, ...knobs },
});

/** The service with another answer in one row of its wire table. */
export const withAnswer = (service: Service, rowId: string, answer: WireRow['answer']): Service => ({
  ...service,
  wire: service.wire.map((row) => (row.id === rowId ? { ...row, answer } : row)),
});
