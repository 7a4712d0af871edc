import { describeAge } from "./describe-time.ts";
import { useNowMs } from "./now.ts";
import { printMoment } from "./print-day.ts";

/** A moment as its distance from now, which stays current. The exact time is its title. Nothing, if there is no moment. */
export function TimeText({ at }: { readonly at: string | null | undefined }) {
  const nowMs = useNowMs();
  if (at === null || at === undefined) return null;
  const date = new Date(at);
  return (
    <time dateTime={at} title={printMoment(date)}>
      {describeAge(date.getTime() - nowMs)}
    </time>
  );
}
