// The baseline of the start measurement: node:http that says where it is and answers a constant.
import { createServer } from 'node:http';

const server = createServer((_incoming, outgoing) => outgoing.end('{}'));
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
