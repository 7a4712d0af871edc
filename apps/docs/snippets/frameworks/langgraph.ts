import {
  Annotation,
  END,
  getStore,
  START,
  StateGraph,
} from "@langchain/langgraph";
import { MemoryClient } from "@memlane/sdk-node";
import { createMemlaneStore } from "@memlane/sdk-node/langgraph";

const store = createMemlaneStore(new MemoryClient());
await store.put(["notes", "ann"], "home", {
  text: "Lives in Paris.",
});

const State = Annotation.Root({
  question: Annotation<string>,
  note: Annotation<unknown>,
});
const graph = new StateGraph(State)
  .addNode("recall", async ({ question }) => {
    const query = { query: question, limit: 1 };
    const found = await getStore()?.search(["notes", "ann"], query);
    return { note: found?.[0]?.value };
  })
  .addEdge(START, "recall")
  .addEdge("recall", END)
  .compile({ store });

const question = "Where does Ann live?";
const { note } = await graph.invoke({ question });
console.log(note);
