import { useIsFetching, type Query } from "@tanstack/react-query";

/** A bar at the top of the page while a screen waits for its first answer. It appears only if that takes a moment. */
export function Loading() {
  return (
    useIsFetching({ predicate: isWaiting }) > 0 && (
      <div className="loading" role="progressbar" aria-label="Loading" />
    )
  );
}

/** Whether a read has neither an answer nor an error to show. */
const isWaiting = ({ state }: Query) => state.data === undefined && state.fetchFailureCount === 0;
