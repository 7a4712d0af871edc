import { Suspense, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { ErrorBoundary } from "./parts/error-boundary.tsx";
import { Loading } from "./parts/loading.tsx";
import { Mark } from "./parts/mark.tsx";
import { screens } from "./screens.ts";
import { OrgPicker } from "./session/org-picker.tsx";
import { useSession } from "./session/session.tsx";

/** What is around every screen: the navigation, the organisation and the key. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { me, signOut } = useSession();
  const [current] = useLocation();
  const shown = screens.filter(({ scope }) => scope === undefined || me.key.scopes.includes(scope));
  return (
    <div className="frame">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="bar">
        <Loading />
        <Link href="/" className="brand">
          <Mark /> Memlane
        </Link>
        <nav aria-label="Screens">
          {shown.map(({ nav, path }) => nav !== undefined && <NavLink key={path} href={path} title={nav} />)}
        </nav>
        <div className="signed-in">
          <OrgPicker />
          <p className="quiet" title={`Scopes: ${me.key.scopes.join(", ")}`}>
            {me.key.name}
          </p>
          <button type="button" className="text" onClick={signOut}>
            Sign out
          </button>
        </div>
      </header>
      <ErrorBoundary key={current}>
        <Suspense fallback={<main className="page" aria-busy="true" />}>{children}</Suspense>
      </ErrorBoundary>
    </div>
  );
}

function NavLink({ href, title }: { readonly href: string; readonly title: string }) {
  const [path] = useLocation();
  const isBelow = (start: string) => path.startsWith(`${start}/`);
  const isCurrent =
    path === href ||
    isBelow(href) ||
    screens.some((screen) => screen.parent === href && isBelow(screen.path.replace("/:id", "")));
  return (
    <Link href={href} aria-current={isCurrent ? "page" : undefined}>
      {title}
    </Link>
  );
}
