import { jobIds, memoryIds, uuidV7TimeMs } from "@memlane/core";

const id = jobIds.parse("01A200C8-1C71-7082-B2EF-6859D0ACEFEF");
if (id === undefined) throw new Error("no job id");

console.log(jobIds.print(id));
console.log(
  new Date(uuidV7TimeMs(id) ?? 0).toISOString().slice(0, 10),
);
console.log(memoryIds.parse("job_01a200c81c717082b2ef6859d0acefef"));
