// Healthy: heals when told how, once, and stops when not told.

import { drive } from './drive.ts';

await drive();
