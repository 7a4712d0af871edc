// One line of a transcript of Claude Code.

/** The longest text of one message. What is longer was pasted, and is no statement of the user. */
const mostCharacters = 20_000;

/** What Claude Code itself adds to the user's messages. */
const added =
  /<(system-reminder|command-name|command-message|command-args|local-command-stdout)>[^]*?<\/\1>/g;

/** The words of the user or of Claude in a line: none for tools, thinking and the work of other agents. */
export function readMessages(line) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    return []; // not a line that we know
  }
  const { type, message, uuid, timestamp, isMeta, isSidechain } = entry;
  if ((type !== "user" && type !== "assistant") || isMeta || isSidechain) return [];
  const blocks =
    typeof message?.content === "string" ? [{ type: "text", text: message.content }] : message?.content;
  const content = (Array.isArray(blocks) ? blocks : [])
    .filter((block) => block.type === "text")
    .map(({ text }) => text.replaceAll(added, "").trim())
    .join("\n")
    .slice(0, mostCharacters);
  return content === "" ? [] : [{ role: type, content, date: timestamp, dia_id: uuid }];
}
