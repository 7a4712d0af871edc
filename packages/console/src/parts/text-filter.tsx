/** A text to filter by, which applies when the reader leaves the field or presses Enter. */
export function TextFilter({
  label,
  value = "",
  change,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly change: (text: string | undefined) => void;
}) {
  const apply = (text: string) => {
    if (text !== value) change(text === "" ? undefined : text);
  };
  return (
    <input
      key={value} // so that a link to another filter also changes the field
      type="search"
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      spellCheck={false}
      onBlur={(event) => apply(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === "Enter") apply(event.currentTarget.value.trim());
      }}
    />
  );
}
