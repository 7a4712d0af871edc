import { Component, type ReactNode } from "react";
import { ErrorState } from "./error-state.tsx";

/** Shows the error if its children cannot be rendered, such as a screen whose code is gone since the server was upgraded. */
export class ErrorBoundary extends Component<
  { readonly children: ReactNode },
  { readonly error: unknown; readonly hasFailed: boolean }
> {
  override state = { error: undefined, hasFailed: false };

  static getDerivedStateFromError(error: unknown) {
    return { error, hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className="page">
        <ErrorState error={this.state.error} />
      </main>
    );
  }
}
