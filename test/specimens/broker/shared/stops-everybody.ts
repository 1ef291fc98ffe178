// Sick of one thing: one dead grant stops all accounts.

import { broker } from './broker.ts';

export default broker({ isBarred: (all) => all().some((kept) => kept !== null && kept.ended !== null) });
