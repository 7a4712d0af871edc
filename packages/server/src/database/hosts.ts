// The PostgreSQL servers that one URL names. As in libpq, it may name several, separated by commas.

/** The servers to connect to. Only one at a time is used. */
export interface Hosts {
  /** How many there are. */
  readonly count: number;
  /** Whether a server that only reads is skipped. */
  readonly mustWrite: boolean;
  /** The connection string of the server for the next connection. */
  readonly current: () => string;
  /** Moves on to the next server, unless another connection has done so already. */
  readonly skip: (connectionString: string) => void;
}

const parts = /^(postgres(?:ql)?:\/\/)([^/?#]*@)?([^/?#@]*)([/?#].*)?$/;
const writable = ["read-write", "primary"];

/**
 * Reads the servers of a URL. With several servers, or with `target_session_attrs=read-write` or
 * `primary`, only a server that can write is used.
 *
 * @throws Error if the URL asks for a server that only reads
 */
export function readHosts(url: string): Hosts {
  const [, scheme, credentials = "", list = "", rest = ""] = parts.exec(url) ?? [];
  if (scheme === undefined) throw new Error("The URL of the database cannot be read.");
  const [path = "", query = ""] = rest.split("?", 2);
  const options = new URLSearchParams(query);
  const wanted = options.get("target_session_attrs") ?? "any";
  if (!["any", ...writable].includes(wanted)) {
    throw new Error(
      `target_session_attrs=${wanted} cannot work, because Memlane writes: leave it out, or use read-write.`,
    );
  }
  options.delete("target_session_attrs");
  const search = options.size > 0 ? `?${options.toString()}` : "";
  const urls = list.split(",").map((host) => `${scheme}${credentials}${host}${path}${search}`);
  let index = 0;
  return {
    count: urls.length,
    mustWrite: urls.length > 1 || writable.includes(wanted),
    current: () => urls[index]!,
    skip(connectionString) {
      if (urls[index] === connectionString) index = (index + 1) % urls.length;
    },
  };
}

/** Tries to connect until it succeeds or every server was tried once. */
export async function tryHosts<Result>(
  hosts: Hosts,
  connect: (url: string) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    const url = hosts.current();
    try {
      return await connect(url);
    } catch (error) {
      if (!isFullPool(error)) hosts.skip(url);
      if (tries >= hosts.count || isFullPool(error)) throw error;
    }
  }
}

/** Whether no connection of the pool became free. That is no reason to try another server. */
function isFullPool(error: unknown): boolean {
  return error instanceof Error && error.message === "timeout exceeded when trying to connect";
}
