import type { UseQueryResult } from "@tanstack/react-query";
import { errorOf } from "../queries.ts";
import { ErrorState } from "./error-state.tsx";

/** Why a read has failed, and whether it is tried again by itself. Nothing if it has not failed. */
export function ReadError({
  reading: { failureReason, refetch },
}: {
  readonly reading: Pick<UseQueryResult, "failureReason" | "refetch">;
}) {
  if (failureReason === null) return null;
  return (
    <ErrorState error={failureReason}>
      {errorOf(failureReason).retryable && (
        <p className="trying">
          Trying again every few seconds …{" "}
          <button type="button" onClick={() => void refetch()}>
            Try now
          </button>
        </p>
      )}
    </ErrorState>
  );
}
