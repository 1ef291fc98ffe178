// Healthy: one refresh for all who wait, ahead of the end and at a moment of its own; one word about a dead grant.

import { broker } from './broker.ts';

export default broker();
