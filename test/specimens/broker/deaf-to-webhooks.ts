// Sick of one thing: it takes the services' messages, and does nothing with them.

import { broker } from './broker.ts';

export default broker({ heeds: () => false });
