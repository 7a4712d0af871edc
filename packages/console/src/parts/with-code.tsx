/** A text in which `code` between backticks is set as code. */
export function WithCode({ text }: { readonly text: string }) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
