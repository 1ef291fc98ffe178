// Sick of one thing: what got no answer is sent once more, whether or not it was done.

import { broker } from './broker.ts';

export default broker({ sendsAgain: () => true });
