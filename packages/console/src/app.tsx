import { lazy } from "react";
import { Link, Route, Router, Switch } from "wouter";
import { useSearch } from "wouter/use-browser-location";
import { Frame } from "./frame.tsx";
import { loadScreen } from "./load-screen.ts";
import { EmptyState } from "./parts/empty-state.tsx";
import { Screen } from "./parts/screen.tsx";
import { screens } from "./screens.ts";
import { SessionGate } from "./session/session-gate.tsx";

const routes = screens.map((screen) => ({
  path: screen.path,
  component: lazy(() => loadScreen(screen)),
}));

/** The query of the address, with `%` encoded again: wouter has decoded it, and URLSearchParams will decode it once more. */
const useWholeSearch = () => useSearch().replaceAll("%", "%25");

/** The console. */
export function App() {
  return (
    <Router base="/console" searchHook={useWholeSearch}>
      <SessionGate>
        <Frame>
          <Switch>
            {routes.map(({ path, component }) => (
              <Route key={path} path={path} component={component} />
            ))}
            <Route>
              <Screen title="Not found">
                <EmptyState title="There is no such screen.">
                  <Link href="/">To the overview</Link>
                </EmptyState>
              </Screen>
            </Route>
          </Switch>
        </Frame>
      </SessionGate>
    </Router>
  );
}
