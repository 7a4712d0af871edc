import type { WebhookWire } from "@memlane/core";
import { useQueryClient } from "@tanstack/react-query";
import { ActionButton } from "../../parts/action-button.tsx";
import { Panel } from "../../parts/panel.tsx";
import { Table, type Column } from "../../parts/table.tsx";
import { useScope, useSession } from "../../session/session.tsx";

const columns: readonly Column<WebhookWire>[] = [
  { title: "URL", kind: "wide", hidesTitleOnPhone: true, cell: ({ url }) => url },
  { title: "Events", cell: ({ events }) => events.join(", ") },
  { title: "State", cell: ({ enabled }) => (enabled ? "on" : "off") },
];

/** The webhooks of the organisation. Each can be tested. */
export function Addresses({ webhooks }: { readonly webhooks: readonly WebhookWire[] }) {
  const { client } = useSession();
  const queries = useQueryClient();
  const mayWrite = useScope("memories:write");
  const test: Column<WebhookWire> = {
    title: "Test",
    hidesTitleOnPhone: true,
    cell: ({ id }) => (
      <ActionButton
        text="Send a test"
        act={async () => {
          await client.webhooks.test(id);
          await queries.invalidateQueries({ queryKey: ["deliveries"] });
        }}
      />
    ),
  };
  return (
    <Panel title="Webhooks">
      <Table
        caption="Webhooks"
        columns={mayWrite ? [...columns, test] : columns}
        rows={webhooks}
        keyOf={({ id }) => id}
      />
    </Panel>
  );
}
