import type { ReactNode } from "react";
import { errorOf } from "../queries.ts";
import { adviceFor } from "./advice.ts";
import { WithCode } from "./with-code.tsx";

/** What went wrong, what to do, and the request's id in the server's log. */
export function ErrorState({
  error,
  children,
}: {
  readonly error: unknown;
  /** What the reader can do about the error, such as a button. */
  readonly children?: ReactNode;
}) {
  const { code, message, requestId } = errorOf(error);
  return (
    <div className="error-state" role="alert">
      <p>
        <strong>{message}</strong>
      </p>
      <p>
        <WithCode text={adviceFor(code)} />
      </p>
      <p className="quiet">
        <code>{code}</code>
        {requestId !== undefined && (
          <>
            {" · request "}
            <code>{requestId}</code>
          </>
        )}
      </p>
      {children}
    </div>
  );
}
