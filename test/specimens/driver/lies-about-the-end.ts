// Sick: tells the moment at which it was refused, for the end of the credential.

import { drive, HEALTHY } from './drive.ts';

await drive({
  tell: (answer) => {
    const { error, exitCode } = HEALTHY.tell(answer);
    if (error.expired !== true) return { error, exitCode };
    const expired_at = new Date().toISOString();
    return { error: { ...error, message: 'The credential has expired.', expired_at }, exitCode };
  },
});
