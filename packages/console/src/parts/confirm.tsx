import { useMutation } from "@tanstack/react-query";
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
  /** Whether the action deletes nothing. @default false */
  readonly isHarmless?: boolean;
  readonly act: () => Promise<unknown>;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: act,
    onSuccess: () => setOpen(false),
  });
  const open = () => {
    setText("");
    reset();
    setOpen(true);
  };

  return (
    <>
      <button type="button" className={isHarmless ? undefined : "danger"} onClick={open}>
        {button}
      </button>
      {isOpen && (
        <Dialog title={title} close={() => setOpen(false)}>
          <form
            className="confirm"
            onSubmit={(event) => {
              event.preventDefault();
              mutate();
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
            {error !== null && <ErrorState error={error} />}
            <div className="actions">
              <button type="button" onClick={() => setOpen(false)}>
                Cancel
              </button>
              <button
                type="submit"
                className={isHarmless ? "primary" : "danger"}
                disabled={isPending || (typed !== undefined && text !== typed)}
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
