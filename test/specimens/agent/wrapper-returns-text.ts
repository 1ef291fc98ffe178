// Sick: the wrapper of the tool answers a refused call with a text, which is then read as data.

import { agent } from './overnight.ts';

export default agent({ fieldsWithout: (_known, wanted) => wanted.map(() => 'Error: 401 Unauthorized') });
