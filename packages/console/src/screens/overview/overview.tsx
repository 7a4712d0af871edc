import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useSearchParams } from "wouter";
import { Screen } from "../../parts/screen.tsx";
import { Choice } from "../../parts/choice.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { refreshMs } from "../../queries.ts";
import { useScope, useSession } from "../../session/session.tsx";
import { Counts } from "./counts.tsx";
import { Problems } from "./problems.tsx";

const Curves = lazy(async () => ({ default: (await import("./curves.tsx")).Curves }));

const windows = ["hour", "day"] as const;

/** What is wrong, how many jobs are in each state, and the last hour or day as curves. */
export function Overview() {
  const { client, orgId } = useSession();
  const isOperator = useScope("operator");
  const [address, setAddress] = useSearchParams();
  const window = windows.find((each) => each === address.get("window")) ?? "hour";
  const isOfAllOrgs = address.get("org") === "all";
  const reading = useQuery({
    queryKey: ["stats", window, isOfAllOrgs],
    queryFn: ({ signal }) =>
      client.operations.stats({ window, ...(isOfAllOrgs && { org: "all" as const }) }, { signal }),
    refetchInterval: refreshMs.calm,
    placeholderData: keepPreviousData,
  });
  const { data: stats } = reading;
  const choose = (name: string, value: string, usual: string) =>
    setAddress((before) => {
      const after = new URLSearchParams(before);
      if (value === usual) after.delete(name);
      else after.set(name, value);
      return after;
    });

  return (
    <Screen
      title="Overview"
      subtitle={isOfAllOrgs ? "All organisations. Choose one to open its jobs." : orgId}
      actions={
        <>
          {isOperator && (
            <Choice
              label="Organisations"
              options={{ own: orgId, all: "All organisations" }}
              value={isOfAllOrgs ? "all" : "own"}
              choose={(value) => choose("org", value, "own")}
            />
          )}
          <Choice
            label="Time"
            options={{ hour: "Last hour", day: "Last day" }}
            value={window}
            choose={(value) => choose("window", value, "hour")}
          />
        </>
      }
    >
      <ReadError reading={reading} />
      {stats !== undefined && (
        <>
          {reading.failureReason === null && <Problems stats={stats} isOfAllOrgs={isOfAllOrgs} />}
          <Counts stats={stats} isOfAllOrgs={isOfAllOrgs} />
          <Suspense fallback={<div className="curves-room" />}>
            <Curves stats={stats} />
          </Suspense>
        </>
      )}
    </Screen>
  );
}
