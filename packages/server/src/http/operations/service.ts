import { serviceWire } from "@memlane/core/internal";
import { readDatabaseState } from "../../store/database-state.ts";
import { readHealth } from "../../store/health.ts";
import { listWorkers, type RunningWorker } from "../../store/workers.ts";
import { route, type Route } from "../route.ts";

/** The route that shows the processes of the service, its database and its model. */
export function createServiceRoute(): Route {
  return route({
    method: "GET",
    path: "/v1/service",
    operationId: "getService",
    summary: "The workers that run, the database, and whether the endpoint of the model answers.",
    scope: "operator",
    answers: { 200: { description: "The state of the service.", schema: serviceWire } },
    errors: [],
    async handle({ database: sql }) {
      const [database, health, workers] = await Promise.all([
        readDatabaseState(sql),
        readHealth(sql),
        listWorkers(sql),
      ]);
      const body = {
        database: {
          role: health.databaseRole,
          version: database.version,
          size_bytes: database.sizeBytes,
          connections: { used: database.connectionsUsed, allowed: database.connectionsAllowed },
        },
        workers: workers.map(printWorker),
        model_endpoint: modelEndpointOf(workers),
        oldest_waiting_seconds: health.oldestWaitingSeconds,
        last_success_at: health.lastSuccessAt?.toISOString() ?? null,
      };
      return { status: 200, body };
    },
  });
}

function printWorker({ id, seenAt, startedAt, version, places, running }: RunningWorker) {
  return {
    id,
    seen_at: seenAt.toISOString(),
    version,
    started_at: startedAt.toISOString(),
    places,
    running,
  };
}

/** The last requests of all workers decide. A model that was not asked yet counts as working. */
function modelEndpointOf(workers: readonly RunningWorker[]) {
  const models = workers.flatMap(({ model }) => model ?? []);
  const latest = (times: readonly (string | null)[]) =>
    times.reduce((last, time) => ((time ?? "") > (last ?? "") ? time : last), null);
  const lastOkAt = latest(models.map((model) => model.last_ok_at));
  const lastFailedAt = latest(models.map((model) => model.last_failed_at));
  const isFailing = lastFailedAt !== null && (lastOkAt === null || lastFailedAt > lastOkAt);
  return {
    state: models.length === 0 ? "none" : isFailing ? "failing" : "ok",
    last_error: models.find((model) => model.last_failed_at === lastFailedAt)?.last_error ?? null,
    last_ok_at: lastOkAt,
  };
}
