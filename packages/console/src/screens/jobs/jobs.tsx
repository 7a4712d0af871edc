import { Page } from "../../parts/page.tsx";

export function Jobs() {
  return <Page title="Jobs">…</Page>;
}
