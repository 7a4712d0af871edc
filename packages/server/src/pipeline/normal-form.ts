/**
 * More combining marks in a row than any language has, as in Unicode's Stream-Safe Text Format: to order a run of them
 * takes time that grows with the square of its length.
 */
const excessMarks = /(?<=\p{M}{30})\p{M}+/gu;

/** A text in a normal form of Unicode, without the combining marks that are too many to be of any language. */
export function normalFormOf(text: string, form: "NFC" | "NFKC" = "NFC"): string {
  // Once more afterwards: a mark may have become two.
  return text.replaceAll(excessMarks, "").normalize(form).replaceAll(excessMarks, "");
}
