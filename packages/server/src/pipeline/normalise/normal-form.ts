/**
 * More combining marks in a row than any language uses, as in Unicode's Stream-Safe Text Format. Ordering a run of them takes
 * time that grows with the square of its length.
 */
const excessMarks = /(?<=\p{M}{30})\p{M}+/gu;

/** A text in a normal form of Unicode, without the surplus combining marks. */
export function normalFormOf(text: string, form: "NFC" | "NFKC" = "NFC"): string {
  // Again after normalising: one mark may have become two.
  return text.replaceAll(excessMarks, "").normalize(form).replaceAll(excessMarks, "");
}
