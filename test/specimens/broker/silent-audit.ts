// Sick of one thing: its request log holds what went wrong, and nothing of what went well.

import { broker } from './broker.ts';

export default broker({ logs: (status) => status >= 400 });
