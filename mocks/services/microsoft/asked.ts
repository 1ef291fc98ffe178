// What a request asks for, wherever it says so.

import { parseForm } from '../../http.ts';
import type { Refused } from '../../service.ts';

/** A field of the body or of the query; empty where it is not said. */
export const fieldOf = ({ request }: Refused, name: string): string =>
  ({ ...request.query, ...parseForm(request.body) })[name] ?? '';
