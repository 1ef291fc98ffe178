// Sick: calls the tool again and again, whatever it says.

import { drive } from './drive.ts';

await drive({ tries: 12, heals: false });
