// Sick: tells every refusal on as a denial.

import { drive } from './drive.ts';

await drive({
  tell: () => ({
    error: { code: 'PERMISSION_DENIED', message: 'Access denied.', retryable: false },
    exitCode: 8,
  }),
});
