// On Linux the process behind a connection is found, also below a wrapper; a stranger is told from the subject.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { ownerOfPeer } from '../../harness/time/socket-owner.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  // The wrapper's child too: each is a group of its own.
  for (const { pid } of children.splice(0)) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
});

const CALLER =
  'require("node:net").connect(Number(process.argv[1]), "127.0.0.1"); setInterval(() => {}, 1000)';

async function callFrom(argv: (port: number) => string[]): Promise<{ socket: Socket; pid: number }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const [command = '', ...args] = argv((server.address() as AddressInfo).port);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  children.push(child);
  const [socket] = (await once(server, 'connection')) as [Socket];
  server.close();
  return { socket, pid: child.pid ?? 0 };
}

describe.skipIf(process.platform !== 'linux')('the owner of a connection', () => {
  test('is the process that opened it', async () => {
    const { socket, pid } = await callFrom((port) => [process.execPath, '-e', CALLER, String(port)]);
    expect(ownerOfPeer(socket, [pid])).toBe(pid);
    socket.destroy();
  });

  test('is found below the wrapper that was started', async () => {
    const { socket, pid } = await callFrom((port) => [
      'sh',
      '-c',
      `"${process.execPath}" -e '${CALLER}' ${port}; exit 0`,
    ]);
    expect(ownerOfPeer(socket, [pid])).toBe(pid);
    socket.destroy();
  });

  test('is nobody of the subject where a stranger called', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const own = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [socket] = (await once(server, 'connection')) as [Socket];
    const { socket: other, pid } = await callFrom((port) => [process.execPath, '-e', CALLER, String(port)]);
    expect(ownerOfPeer(socket, [pid])).toBeNull();
    for (const each of [own, socket, other]) each.destroy();
    server.close();
  });
});
