import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** A port of the loopback interface that nobody listens on: the wanted one, or any if it is taken. */
export async function findFreePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if (wanted === 0) throw error;
    return findFreePort();
  }
  const { port } = server.address() as AddressInfo; // it listens, and not on a pipe
  server.close();
  await once(server, "close");
  return port;
}
