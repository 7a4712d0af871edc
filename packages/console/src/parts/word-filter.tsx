/** One of a few words to filter by. */
export function WordFilter<Word extends string>({
  label,
  any,
  words,
  value,
  change,
}: {
  readonly label: string;
  /** The text of the choice that does not filter. */
  readonly any: string;
  /** The text of each word. */
  readonly words: Readonly<Record<Word, string>>;
  readonly value: Word | undefined;
  readonly change: (word: Word | undefined) => void;
}) {
  const choices = Object.keys(words) as Word[];
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => change(choices.find((word) => word === event.currentTarget.value))}
    >
      <option value="">{any}</option>
      {choices.map((word) => (
        <option key={word} value={word}>
          {words[word]}
        </option>
      ))}
    </select>
  );
}
