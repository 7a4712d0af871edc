import type { IngestMemoryWire } from "@memlane/core";
import type { ReactNode } from "react";
import { kindOf } from "../../memories/kind-of.ts";
import { MemoryStatus } from "../../memories/memory-status.tsx";
import { statusOf } from "../../memories/status-of.ts";
import { Panel } from "../../parts/panel.tsx";
import { printDay, printMoment } from "../../parts/print-day.ts";
import { TimeText } from "../../parts/time-text.tsx";

/** The other fields of a memory. */
export function MemoryDetails({ memory }: { readonly memory: IngestMemoryWire }) {
  const { id, details, agent_id: agent, app_id: app, conv_id: conversation, categories } = memory;
  const rows: readonly (readonly [string, ReactNode])[] = [
    ["Kind", details?.fact_type ? `${kindOf(memory)}, ${details.fact_type}` : kindOf(memory)],
    ["State", <MemoryStatus key="state" status={statusOf(memory)} />],
    ["Stored", <TimeText key="stored" at={memory.created_at} />],
    ["Changed", memory.updated_at !== memory.created_at && <TimeText at={memory.updated_at} />],
    ["True from", details?.valid_from && printDay(details.valid_from)],
    ["True until", details?.invalid_at && printDay(details.invalid_at)],
    ["Tense", details?.tense],
    ["Said by", details?.source_role],
    ["Said", details?.occurred_at && printMoment(new Date(details.occurred_at))],
    ["Conversation", conversation],
    ["Agent", agent],
    ["Application", app],
    ["Categories", categories.join(", ")],
    ["Groups", memory.group_ids.join(", ")],
    ["Id", <code key="id">{id}</code>],
  ];
  return (
    <Panel title="Details">
      <dl className="details">
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Panel>
  );
}
