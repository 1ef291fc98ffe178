// Level 1: the words of the server are passed on, and these say "expired"; a program still cannot tell.

import { ask, end } from './service.mjs';

const { status, body } = await ask(process.argv.slice(2), process.env.TOOL_TOKEN);
if (status < 400) end({ ok: true, data: body }, 0);
else end({ ok: false, error: { code: 'ERROR', message: body.error_description ?? body.error } }, 1);
