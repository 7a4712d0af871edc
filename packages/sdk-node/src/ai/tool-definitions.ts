import * as z from "zod";

/** How a model is asked to search memories. */
export const searchMemoriesTool = {
  description:
    "Search what is remembered about the user from earlier conversations. Use it before you answer anything that " +
    "may depend on who the user is, what they like, or what they said before.",
  input: z.object({
    query: z
      .string()
      .min(1)
      .max(4000)
      .describe("A question or a few words, such as: What does the user eat?"),
  }),
};

/** How a model is asked to save a memory. */
export const saveMemoryTool = {
  description:
    "Remember one lasting fact about the user for later conversations: who they are, what they like, what they " +
    "decided. Not for what matters only in this conversation, and not for what is remembered already.",
  input: z.object({
    content: z
      .string()
      .min(1)
      .max(16_000)
      .describe(
        "One fact in one complete sentence that can be understood alone, such as: The user is allergic to nuts.",
      ),
  }),
};
