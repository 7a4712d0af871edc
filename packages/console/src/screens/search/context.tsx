import { countOf } from "../../parts/count-text.ts";
import { Panel } from "../../parts/panel.tsx";
import type { Answer } from "./ask.ts";

/** The block for a prompt that the search makes, with an estimate of its tokens. */
export function Context({ answer: { context, tokens } }: { readonly answer: Answer }) {
  return (
    <Panel title="For a prompt" aside={<p className="quiet">about {countOf(tokens, "token")}</p>}>
      {context === "" ? (
        <p className="note quiet">There is nothing to add to a prompt.</p>
      ) : (
        <pre className="whole-text">{context}</pre>
      )}
    </Panel>
  );
}
