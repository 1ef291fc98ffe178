// The result as it is, for programs: its shape is published in hour4-result.schema.json.

import type { Report } from './report.ts';

const json: Report = {
  id: 'json',
  title: 'the whole result as one JSON document',
  render: (result) => `${JSON.stringify(result, null, 2)}\n`,
};

export default json;
