import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** The kernel takes the ports of outgoing connections from 32768 up: below, none of them gets in before the listener. */
const lowest = 20_000;
const highest = 32_768;

/** A random TCP port of the loopback interface that nobody listens on; several runs may share a machine. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found on 127.0.0.1 between ${lowest} and ${highest}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
