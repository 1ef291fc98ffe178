// An organization that pays in advance: once its credit is spent every call is a 429 that no waiting heals.

import type { Variant, WireRow } from '../../service.ts';
import { failed } from './answers.ts';

const QUOTA: WireRow = {
  id: 'insufficient-quota',
  at: 'resource',
  causes: ['service-restricted'],
  produce: [{ act: 'restrict-service' }, { call: '/v1/models' }],
  source: 'platform.openai.com/docs/guides/error-codes; the message as quoted in public issue threads',
  sureness: 'documented',
  answer: (refused) =>
    failed(
      refused,
      429,
      'You exceeded your current quota, please check your plan and billing details. ' +
        'For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
      { type: 'insufficient_quota', code: 'insufficient_quota' },
    ),
};

/** The act of restricting the service is the end of the credit; lifting restrictions buys more. */
export const prepaid: Variant = {
  title: 'the organization pays in advance: what restricts the service is that its credit is spent',
  status: 'real',
  source: 'platform.openai.com/docs/guides/error-codes: 429, you exceeded your current quota',
  apply: (service) => ({
    ...service,
    wire: [
      ...service.wire.map((row) => ({
        ...row,
        causes:
          row.at === 'resource' ? row.causes.filter((cause) => cause !== 'service-restricted') : row.causes,
      })),
      QUOTA,
    ],
  }),
};
