import { lazy } from "react";
import { Link, Route, Router, Switch } from "wouter";
import { Frame } from "./frame.tsx";
import { EmptyState } from "./parts/empty-state.tsx";
import { Page } from "./parts/page.tsx";
import { screens } from "./screens.ts";
import { SessionGate } from "./session/session-gate.tsx";

const routes = screens.map(({ path, load }) => ({
  path,
  component: lazy(async () => ({ default: await load() })),
}));

/** The console. */
export function App() {
  return (
    <Router base="/console">
      <SessionGate>
        <Frame>
          <Switch>
            {routes.map(({ path, component }) => (
              <Route key={path} path={path} component={component} />
            ))}
            <Route>
              <Page title="Not found">
                <EmptyState title="There is no such screen.">
                  <Link href="/">To the overview</Link>
                </EmptyState>
              </Page>
            </Route>
          </Switch>
        </Frame>
      </SessionGate>
    </Router>
  );
}
