// Serves the app's files on a port of this machine.

import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';

const TYPES = { html: 'text/html', mjs: 'text/javascript' };
const FILE = /^\/([a-z-]+\.(html|mjs))$/;

createServer(({ url }, answer) => {
  const [, name, kind] = FILE.exec(new URL(url, 'http://localhost').pathname) ?? [];
  if (name === undefined) return answer.writeHead(404).end();
  answer.setHeader('content-type', `${TYPES[kind]}; charset=utf-8`);
  const file = createReadStream(new URL(`app/${name}`, import.meta.url));
  file.on('error', () => answer.writeHead(404).end());
  file.pipe(answer);
}).listen(Number(process.env.PORT ?? 5173), '127.0.0.1');
