import { alternatives } from "../../word-lists.ts";

const notice = alternatives(
  "heads?[-_]up fyi note quick_note reminder update quick_update for_your_information also btw by_the_way",
);
const meeting = alternatives(`
  stand-?up daily sync retro(?:spective)? meeting check-?in one-on-one 1:1 all-hands planning kick-?off demo review grooming refinement
  workshop training office_hours offsite
`);
const change = alternatives(`
  (?:has_|have_|was_|were_|got_|is_)?(?:been_)?(?:now_)?(?:moved|rescheduled|shifted|pushed|postponed|brought_forward)
  (?:now_)?(?:starts|begins|happens|takes_place|meets|runs) (?:is|are|will_be)(?:_now)?_(?:at|on|in|every|from)
`);

/** A time that something has as a rule: "is at 9:30", "is on Tuesdays". */
const atTime = String.raw`(?:is|are) (?:now )?(?:(?:at|every|on) )*(?=\d{1,2}:\d\d|\d{1,2} ?[ap]m\b|noon\b|midnight\b|(?:mon|tues|wednes|thurs|fri|satur|sun)days\b|(?<=every )\p{L}+day\b)`;

/** A sentence about when or where a meeting takes place, such as "The team standup moved to Tuesdays." */
const announcement = new RegExp(
  String.raw`(?<=^|[.!?] )(?:${notice}[:,-]? )?(?:(?:the|this|that) )?((?:[\p{L}-]+ ){0,2}${meeting} ${change}\b|(?:[\p{L}-]+ ){1,3}?${atTime})`,
  "giu",
);

/** Makes announcements of meetings the user's own, because only what is in the first person becomes a statement. */
export function ownMeetings(line: string): string {
  return line.replaceAll(announcement, (whole, said: string) =>
    /^(?:(?:our|my|your|his|her|their|its|an?|no)\b|(?:\p{L}+ )?(?:it|that|this|there|what|when|he|she|they|time|now|today|here|i|you|we) )/iu.test(
      said,
    )
      ? whole
      : `Our ${said.charAt(0).toLowerCase()}${said.slice(1)}`,
  );
}
