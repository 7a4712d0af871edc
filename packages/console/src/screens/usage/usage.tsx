import { useQuery } from "@tanstack/react-query";
import { Screen } from "../../parts/screen.tsx";
import { ReadError } from "../../parts/read-error.tsx";
import { useScope, useSession } from "../../session/session.tsx";
import { Days } from "./days.tsx";
import { Keys } from "./keys.tsx";
import { Totals } from "./totals.tsx";

const month = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });

/** What the organisation has done this month, by day and by API key, and what is left of its limits. */
export function Usage() {
  const { client } = useSession();
  const mayWrite = useScope("memories:write");
  const reading = useQuery({
    queryKey: ["usage"],
    queryFn: ({ signal }) => client.usage({ daily: true }, { signal }),
  });
  const { data } = reading;
  return (
    <Screen
      title="Usage"
      {...(data && { subtitle: `${month.format(new Date(data.period.start))}, counted in UTC` })}
    >
      <ReadError reading={reading} />
      {data !== undefined && (
        <>
          <Totals usage={data} />
          {data.daily !== null && <Days days={data.daily} />}
          {mayWrite && <Keys />}
        </>
      )}
    </Screen>
  );
}
