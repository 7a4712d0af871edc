import { useState, type ReactNode } from "react";
import { Dialog } from "./dialog.tsx";
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
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [text, setText] = useState("");

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
      <button type="button" className={isHarmless ? undefined : "danger"} onClick={() => setOpen(true)}>
        {button}
      </button>
      {isOpen && (
        <Dialog title={title} close={() => setOpen(false)}>
          <form
            className="confirm"
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            {children}
            {typed !== undefined && (
              <label>
                <span>
                  Type <code>{typed}</code> to confirm
                </span>
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
                className={isHarmless ? "primary" : "danger"}
                disabled={isBusy || (typed !== undefined && text !== typed)}
              >
                {action}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
