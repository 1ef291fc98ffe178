// What variants are made of: a service with other knobs, or with other words for one refusal.

import type { Policy } from './policy.ts';
import type { Step } from './produce.ts';
import type { Service, WireRow } from './service.ts';

/** The service with these knobs in place of its own. */
export const withPolicy = (service: Service, knobs: Partial<Policy>): Service => ({
  ...service,
  policy: { ...service.policy, ...knobs },
});

/** The service for a client without a secret: nobody can get one wrong, and whoever asks names the client alone. */
export function forPublicClient(service: Service): Service {
  const { insistsOn = [], ...tokenRequest } = service.tokenRequest;
  return {
    ...service,
    tokenRequest: {
      ...tokenRequest,
      clientAuth: ['none'],
      insistsOn: insistsOn.filter((what) => what !== 'clientAuth'),
    },
    wire: service.wire.flatMap((row) => {
      const causes = row.causes.filter((cause) => cause !== 'wrong-secret' && cause !== 'wrong-client-auth');
      if (causes.length === 0) return [];
      if (causes.length === row.causes.length) return [row];
      const { further, ...rest } = row;
      const others = further?.map((recipe) => recipe.map(asNobody));
      return [
        {
          ...rest,
          causes,
          produce: row.produce.map(asNobody),
          ...(others === undefined ? {} : { further: others }),
        },
      ];
    }),
  };
}

const asNobody = (step: Step): Step =>
  'as' in step && step.as === 'wrong-secret' ? ({ ...step, as: 'unknown-client' } as Step) : step;

/** The service with another answer in one row of its wire table. */
export const withAnswer = (service: Service, rowId: string, answer: WireRow['answer']): Service => ({
  ...service,
  wire: service.wire.map((row) => (row.id === rowId ? { ...row, answer } : row)),
});
