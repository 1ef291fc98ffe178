// Level 0: whatever the server refuses is "access denied", expired or not.

import { ask, end } from './service.mjs';

const { status, body } = await ask(process.argv.slice(2), process.env.TOOL_TOKEN);
if (status < 400) end({ ok: true, data: body }, 0);
else if (status === 404) end({ ok: false, error: { code: 'NOT_FOUND', message: 'No such thing' } }, 1);
else end({ ok: false, error: { code: 'FORBIDDEN', message: 'Access denied' } }, 1);
