// Sick of one thing: what a service refuses is sent again every two minutes, though nobody asks for it any more.

import { broker } from './broker.ts';

export default broker({
  onFailure: (_renew, resend) => {
    for (let times = 1; times <= 5; times++) setTimeout(resend, times * 120_000);
  },
});
