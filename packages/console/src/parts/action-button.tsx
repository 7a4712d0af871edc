import { useMutation } from "@tanstack/react-query";
import { errorOf } from "../queries.ts";

/** A button that does one thing, and shows beside it whether that failed. */
export function ActionButton({ text, act }: { readonly text: string; readonly act: () => Promise<unknown> }) {
  const { mutate, isPending, error } = useMutation({ mutationFn: act });
  return (
    <>
      <button type="button" disabled={isPending} onClick={() => mutate()}>
        {text}
      </button>
      {error !== null && (
        <span className="failure" role="alert">
          {errorOf(error).message}
        </span>
      )}
    </>
  );
}
