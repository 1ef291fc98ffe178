// Sick: a status of 200 is taken for a yes, whatever the body says.

import { errands } from './errands.ts';

export default errands({ readsBodies: () => false });
