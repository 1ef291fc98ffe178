// Sick: tells every refusal on as an expiry.

import { drive, HEALTHY } from './drive.ts';

await drive({
  tell: (answer) => {
    const { error } = HEALTHY.tell(answer);
    const expired = { code: 'CREDENTIALS_EXPIRED', message: 'The credential expired.', retryable: true };
    return { error: { ...error, ...expired }, exitCode: 10 };
  },
});
