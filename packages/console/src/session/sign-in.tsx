import { useId, useRef, useState, type FormEvent } from "react";
import { ErrorState } from "../parts/error-state.tsx";
import { Mark } from "../parts/mark.tsx";

/** Asks for an API key. The key is kept in memory only, and other tabs of the console can get it. */
export function SignIn({
  signIn,
  failure,
}: {
  readonly signIn: (apiKey: string) => Promise<void>;
  /** Why the key from the page's URL (`#key=…`) or from another tab did not work. */
  readonly failure: unknown;
}) {
  const [error, setError] = useState(failure);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const hint = useId();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setBusy(true);
    try {
      await signIn(field.current!.value.trim());
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  }

  return (
    <main className="sign-in">
      <form onSubmit={(event) => void submit(event)}>
        <h1>
          <Mark /> Memlane
        </h1>
        <p>See what the server does: jobs, their failures, and the memories they make.</p>
        <label>
          API key
          <input
            ref={field}
            name="key"
            type="password"
            required
            autoFocus
            autoComplete="current-password"
            spellCheck={false}
            placeholder="mlk_…"
            aria-describedby={hint}
          />
        </label>
        <p id={hint} className="quiet">
          The key stays in memory, in this tab and in other tabs of the console. A new key:{" "}
          <code>memlane-server keys create ORG</code>
        </p>
        {error !== undefined && <ErrorState error={error} />}
        <button type="submit" className="primary" disabled={isBusy}>
          {isBusy ? "Signing in …" : "Sign in"}
        </button>
      </form>
    </main>
  );
}
