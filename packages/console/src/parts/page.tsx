import { useEffect, useRef, type ReactNode } from "react";

// The first screen leaves the focus at the top of the page, where the browser has it.
let isFirstScreen = true;

/** The frame of a screen: its title, what can be done with all of it, and its content. */
export function Page({
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
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isFirstScreen) main.current!.focus();
    isFirstScreen = false;
  }, []);
  useEffect(() => {
    document.title = `${title} · Memlane`;
  }, [title]);
  return (
    <main ref={main} id="main" className="page" tabIndex={-1}>
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {subtitle !== undefined && <p className="quiet">{subtitle}</p>}
        </div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}
