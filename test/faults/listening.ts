import type { AddressInfo, Server, Socket } from 'node:net';

/** A server of the faults' world, on loopback. `close` ends its connections too. */
export interface Listening {
  port: number;
  close(): Promise<void>;
}

/** Lets a server listen on a free port of loopback, and forget the errors of its sockets: faults are what it is for. */
export async function listening(server: Server): Promise<Listening> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  };
  server.on('connection', keep);
  server.on('secureConnection', keep);
  server.on('tlsClientError', () => {});
  server.on('clientError', () => {});
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  return { port: (server.address() as AddressInfo).port, close };
}
