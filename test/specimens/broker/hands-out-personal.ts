// Sick of one thing: it hands out anybody's token, whoever asks, wherever.

import { broker } from './broker.ts';

export default broker({ handsOut: () => true });
