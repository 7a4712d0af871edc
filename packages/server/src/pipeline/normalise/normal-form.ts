/**
 * The combining marks after the 30th in a row, as in Unicode's Stream-Safe Text Format. No language uses that many, and the time
 * to order a run of them grows with the square of its length.
 */
const excessMarks = /(?<=\p{M}{30})\p{M}+/gu;

/** A text in a normal form of Unicode, without the surplus combining marks. */
export function normalFormOf(text: string, form: "NFC" | "NFKC" = "NFC"): string {
  // A second time, because normalising may turn one mark into two.
  return text.replaceAll(excessMarks, "").normalize(form).replaceAll(excessMarks, "");
}
