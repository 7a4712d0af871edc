import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { ErrorState } from "./error-state.tsx";

/** A button that acts after a dialog has said what will happen. The dialog stays open if it fails. */
export function Confirm({
  button,
  title,
  action,
  typed,
  isHarmless = false,
  act,
  children,
}: {
  /** The text of the button that opens the dialog. */
  readonly button: string;
  readonly title: string;
  /** The text of the button that acts. */
  readonly action: string;
  /** What the reader must type first. @default nothing */
  readonly typed?: string;
  /** Whether nothing is lost by it. @default false */
  readonly isHarmless?: boolean;
  readonly act: () => Promise<unknown>;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [text, setText] = useState("");
  const look = isHarmless ? undefined : "danger";

  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);

  async function submit() {
    setBusy(true);
    setError(undefined);
    try {
      await act();
      setOpen(false);
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <button type="button" className={look} onClick={() => setOpen(true)}>
        {button}
      </button>
      {isOpen && (
        <dialog ref={dialog} className="confirm" aria-labelledby={titleId} onClose={() => setOpen(false)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <h2 id={titleId}>{title}</h2>
            {children}
            {typed !== undefined && (
              <label>
                Type <code>{typed}</code> to confirm
                <input
                  value={text}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => setText(event.currentTarget.value)}
                />
              </label>
            )}
            {error !== undefined && <ErrorState error={error} />}
            <div className="actions">
              <button type="button" onClick={() => setOpen(false)}>
                Cancel
              </button>
              <button
                type="submit"
                className={look ?? "primary"}
                disabled={isBusy || (typed !== undefined && text !== typed)}
              >
                {action}
              </button>
            </div>
          </form>
        </dialog>
      )}
    </>
  );
}
