/** A program's output, with fixed values for times, durations and new ids, which differ in each run. */
export function steadyOutput(text: string, source: string): string {
  const written = source.toLowerCase().replaceAll("-", "");
  const seen = new Map<string, number>();
  const numberOf = (found: string) => {
    const digits = found.replaceAll("-", "").toLowerCase();
    if (written.includes(digits)) return digits;
    if (!seen.has(digits)) seen.set(digits, seen.size + 1);
    return `01a200c81c717082b2ef6859d0ac${seen.get(digits)!.toString(16).padStart(4, "0")}`;
  };
  return indented(text)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) =>
      numberOf(id).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
    )
    .replaceAll(/(?<=[a-z]_)[0-9a-f]{12}7[0-9a-f]{19}/g, numberOf)
    .replaceAll(/(?<=whsec_)[A-Za-z0-9+/]{43}=/g, "…")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "2026-11-25T10:00:00.000Z")
    .replaceAll(/(?<="expires_at": ")2026-11-25/g, "2026-11-26")
    .replaceAll(/(?<="[a-z_]+": )\d+\.\d+(?:e-\d+)?/g, "0.01")
    .replaceAll(/(?<= in )\d+(?:\.\d+)? s$/gm, "0.1 s")
    .replaceAll(/(?<="etag: )"[^"]+"/gi, '"…"');
}

/** JSON with indentation; any other text unchanged. */
function indented(text: string): string {
  try {
    return `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
  } catch {
    return text;
  }
}
