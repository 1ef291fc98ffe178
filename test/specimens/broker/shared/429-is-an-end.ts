// Sick of one thing: whatever the token endpoint says with a 4xx is the end of the grant to it, a limit too.

import { broker } from './broker.ts';

export default broker({ isEnd: (answer) => answer !== null && answer.status >= 400 && answer.status < 500 });
