import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** A free port of the loopback interface: `wanted`, or another port if `wanted` cannot be used. */
export async function findFreePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if (wanted === 0) throw error;
    return findFreePort();
  }
  const { port } = server.address() as AddressInfo; // a listening TCP server has an address with a port
  server.close();
  await once(server, "close");
  return port;
}
