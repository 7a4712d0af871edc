/** Returns a function that computes the result for each text only once. */
export function memoise<Result>(read: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, { readonly result: Result }>();
  return (text) => {
    const found = results.get(text) ?? { result: read(text) };
    results.set(text, found);
    return found.result;
  };
}
