import { useId, useLayoutEffect, useRef, type ReactNode } from "react";

/** A modal dialog, open while it is rendered. The browser keeps the focus in it, and closes it on Escape. */
export function Dialog({
  title,
  close,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // A layout effect closes the dialog before it leaves the page, so that the browser gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={close}>
      <h2 id={id} tabIndex={-1} autoFocus>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
