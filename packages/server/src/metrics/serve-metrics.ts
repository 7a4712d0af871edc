import type { Sql } from "../database/database.ts";
import type { Metrics } from "./metrics.ts";

/** Serves `GET /metrics`, and nothing else. */
export function serveMetrics(
  { print, contentType }: Metrics,
  sql: Sql,
): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    if (method !== "GET" || new URL(url).pathname !== "/metrics") return new Response(null, { status: 404 });
    return new Response(await print(sql), { headers: { "content-type": contentType } });
  };
}
