import { useEffect, useRef, type ReactNode } from "react";

// The first screen leaves the focus at the top of the page, where the browser has it.
let isFirstScreen = true;

/** The frame of a screen: its title, the actions on the whole screen, and its content. */
export function Screen({
  title,
  subtitle,
  actions,
  children,
}: {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const focused = useRef<Element>(null);
  useEffect(() => {
    if (!isFirstScreen) heading.current!.focus();
    isFirstScreen = false;
  }, []);
  // After each change: the focused link may have been in a list that is now empty.
  useEffect(() => {
    const isGone = focused.current !== null && !focused.current.isConnected;
    if (isGone && document.activeElement === document.body) heading.current!.focus({ preventScroll: true });
  });
  useEffect(() => {
    document.title = `${title} · Memlane`;
  }, [title]);
  return (
    <main
      id="main"
      className="page"
      tabIndex={-1}
      onFocus={(event) => {
        focused.current = event.target;
      }}
    >
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {subtitle !== undefined && <p className="quiet">{subtitle}</p>}
        </div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}
