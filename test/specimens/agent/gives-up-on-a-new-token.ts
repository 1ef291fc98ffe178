// Sick of one thing: a new token that is refused once is refused for good.

import { errands } from './errands.ts';

export default errands({ givesTime: async () => false });
