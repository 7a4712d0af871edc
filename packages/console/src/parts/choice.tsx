/** A choice of one of a few words, as buttons side by side. */
export function Choice<Value extends string>({
  label,
  options,
  value,
  choose,
}: {
  readonly label: string;
  /** The text of each value. */
  readonly options: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly choose: (value: Value) => void;
}) {
  return (
    <div className="choice" role="group" aria-label={label}>
      {(Object.entries(options) as [Value, string][]).map(([each, text]) => (
        <button key={each} type="button" aria-pressed={each === value} onClick={() => choose(each)}>
          {text}
        </button>
      ))}
    </div>
  );
}
