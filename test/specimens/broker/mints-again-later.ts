// Sick of one thing: after a refusal it fetches a new token every minute, in case that is what was missing.

import { broker } from './broker.ts';

export default broker({
  onFailure: (renew) => {
    for (let times = 1; times <= 4; times++) setTimeout(renew, times * 61_000);
  },
});
