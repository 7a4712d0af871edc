// Properties of a person that have one value at a time, whichever words give it: "is on a Pixel 6", "got a new iPhone".
import { isAboutAnother } from "./people.ts";
import { occupations } from "../statement/topic-words.ts";
import { alternatives, wordSet } from "../word-lists.ts";

/** A property, and how statements give it a value. */
interface Property {
  readonly name: string;
  /** A statement with one of these words gives its value. `_` joins two words. */
  readonly words: ReadonlySet<string>;
  /** What else such a statement has. */
  readonly needs: RegExp;
  /** What a statement has that changes the value. */
  readonly sign: RegExp;
}

const anything = /^/;
const change = `
  now new newest switch(?:ed|ing)? chang(?:ed|ing) moved moving swapp(?:ed|ing) upgrad(?:ed|ing) downgraded replaced traded converted instead nowadays these_days
  back_to back_on no_longer anymore turns_out promoted meant over_to got_rid sold lost died stolen ended quit left since as_of officially turned became finally
  treated picked_up caved migrated ported ditched jumped went_over gone_over
`;
const changed = new RegExp(`\\b${alternatives(change)}\\b`, "u");
const measured = new RegExp(
  `\\b${alternatives(`${change} just again down up only lower higher gained dropped was said says today this_morning this_week back cut chopped shaved dyed bleached grew trimmed off`)}\\b`,
  "u",
);
const ended =
  /\b(?:no longer|anymore|quit|stopped|gave up|given up|without|since|down to|back (?:to|on)|again|started|switched|free|clean|sober|teetotal|sobriety|off)\b/u;

/** Signs that something is true beside what was true before, or is not so. */
const beside =
  /\b(?:also|too|another|second|as well|either|both|extra|additional|spare|besides|alongside|plus|visit(?:ed|ing)?|trip|holiday|vacation|rental|borrow(?:ed|ing)?|wants?(?! (?:the assistant|answers|replies|short|long))|wish(?:es)?|hopes?|would|might|may|could|should|if|thinking|considering|planning|plans|will|dreams?|used to|years ago|for work|at work|weekends?|part-time|part time|on the side|helped|helping|looking (?:at|for)|going to|nearly|almost|needs?|when they were)\b/u;

const having =
  /^user(?:'s)? (?:[\p{L}-]+ ){0,3}?(?:has|have|is|are|uses|using|got|bought|drives|runs|owns|writes|codes|treated|picked|caved|switched|moved|changed|swapped|upgraded|went|traded|replaced|converted|migrated|ported|hosted|gave|banks|edits|keeps|hosts|ditched|votes|rides|jumped|browses|takes|started|does|no longer|joined|left)\b/u;
const instruction = /^user (?:wants|prefers) /;
const withRole =
  /^user(?:'s (?:new |current |line )?\w+ (?:is|are)\b|(?: now)? (?:is with|is now with|sees|goes to|changed|switched|has a new|got a new|rents from|reports to|answers to)\b)/u;

const properties: readonly Property[] = [
  of(
    "phone",
    "iphone iphones pixel galaxy android oneplus nokia fairphone motorola xiaomi huawei samsung phone smartphone",
  ),
  of("computer", "macbook mac pc imac thinkpad laptop chromebook xps"),
  of("system", "ubuntu windows macos fedora linux debian arch mint"),
  of(
    "editor",
    "vim neovim nvim emacs vs_code vscode zed intellij pycharm webstorm sublime cursor eclipse xcode",
  ),
  of("internet provider", "wifi broadband internet fibre fiber isp"),
  of("browser", "chrome firefox safari brave vivaldi"),
  of("notes", "notion obsidian evernote onenote roam logseq"),
  of(
    "car",
    `car toyota honda ford bmw audi volkswagen vw golf polo skoda octavia ibiza renault clio zoe peugeot citroen fiat volvo mazda nissan micra hyundai kia tesla
    subaru mercedes jeep corolla civic focus fiesta yaris prius dacia lexus chevy chevrolet dodge opel astra corsa vauxhall suzuki porsche`,
  ),
  of(
    "bank",
    "barclays monzo hsbc natwest lloyds santander starling revolut halifax chase citibank n26 nationwide bank bank_account current_account",
  ),
  of("email", "gmail outlook hotmail yahoo proton protonmail fastmail icloud"),
  of("hosting", "aws azure gcp heroku hetzner digitalocean vercel netlify render linode railway"),
  of("database", "mysql postgres postgresql sqlite mongodb mongo mariadb dynamodb supabase"),
  of(
    "religion",
    "catholic christian muslim buddhist hindu jewish atheist agnostic protestant baptist methodist mormon quaker sikh anglican church",
  ),
  of("party", "labour tory tories conservative conservatives greens democrat republican socialist snp"),
  ...[
    "boss manager supervisor reports_to answers_to",
    "landlord landlady rents_from",
    "dentist dental",
    "doctor gp",
    "therapist",
    "trainer",
    "coach",
    "physio",
    "hairdresser",
    "barber",
    "teacher",
    "tutor",
  ].map((words) => ({ ...of(words.split(" ", 1)[0]!, words), needs: withRole })),
  {
    name: "weight",
    words: wordSet("weigh weighs kg kilo kilos stone lbs pounds"),
    needs: /\d/,
    sign: measured,
  },
  { name: "blood pressure", words: wordSet("blood_pressure bp"), needs: anything, sign: measured },
  {
    name: "hair",
    words: wordSet(
      "hair shaved pixie buzz_cut buzzcut bob bald ponytail dreadlocks dreads blonde brunette fringe beard moustache clean-shaven",
    ),
    needs: anything,
    sign: measured,
  },
  {
    name: "smoking",
    words: wordSet(
      "smoke smokes smoked smoking smoker cigarette cigarettes vape vapes vaping tobacco nicotine",
    ),
    needs: anything,
    sign: ended,
  },
  {
    name: "alcohol",
    words: wordSet(
      "alcohol wine beer beers booze drinker teetotal sober sobriety whisky whiskey pint pints glass_of_red",
    ),
    needs: anything,
    sign: ended,
  },
  {
    name: "diet",
    words: wordSet(
      "vegan vegetarian veggie pescatarian carnivore meat keto eats_eggs eats_cheese eats_dairy eats_fish eats_chicken eats_beef eating_cheese eating_meat eating_fish eating_eggs eating_dairy eating_chicken",
    ),
    needs: anything,
    sign: new RegExp(`${ended.source}|\\b(?:now|went|gone|turned|became|ended)\\b`, "u"),
  },
  {
    name: "pregnancy",
    words: wordSet("pregnant expecting newborn trimester baby"),
    needs: anything,
    sign: /\b(?:arrived|born|gave birth|here|came|had (?:the|a|their) baby|newborn)\b/u,
  },
  {
    name: "studies",
    words: wordSet(
      "student degree uni university college phd masters first_year second_year third_year final_year studies studying graduated qualified phd dissertation thesis apprentice trainee",
    ),
    needs: anything,
    sign: /\b(?:graduated|qualified|finished|dropped out|quit|left|no longer|completed|submitted|defended|switched|transferred)\b/u,
  },
  {
    name: "school",
    words: wordSet("school schools primary academy kindergarten nursery reception high_school"),
    needs: anything,
    sign: /\b(?:changed|moved|switched|started|starts|left|now|goes to|new|transferred)\b/u,
  },
  {
    name: "work",
    words: wordSet(
      `works teaches shifts job retired pensioner redundant unemployed fired promoted temping apprentice trainee intern self-employed freelance freelancer dev
      ${occupations.slice(3, -1).replaceAll("|", " ").replaceAll("police ", "")} assistant barista labourer builder roofer courier`,
    ),
    needs:
      /^user (?:(?:now|officially|currently|just) )*(?:works? (?!out\b|on\b)|made|took|has taken|is working|teaches|does (?:\p{L}+ )?shifts|is (?:an?|officially|temping|retired|self-employed|unemployed)|got (?:an?|the|their|laid|promoted|fired)|started|was (?:made|laid|fired|promoted)|retired|has (?:an?|retired)|handed|became|temps)/u,
    sign: /\b(?:now|no longer|anymore|retired(?! as (?!an?\b))|took|taken|made|promoted|laid off|fired|redundant|quit|officially|qualified|new job|pensioner|started (?:as|at|working|a)|as of|became|unemployed)\b/u,
  },
  {
    name: "shift",
    words: wordSet(
      "nights night_shift night_shifts day_shift day_shifts early_shift early_shifts late_shift late_shifts earlies lates on_days day_job",
    ),
    needs: /^user (?:now )?(?:works?|does|is|got|was|has|moved|switched|changed)\b/u,
    sign: changed,
  },
  {
    name: "employer",
    words: wordSet("at for with"),
    needs:
      /^user (?:(?:now|currently) )?(?:is (?!.*\p{Ll}ing\b)(?:now )?(?:an? (?!fan\b)[\p{L} -]{2,40}? )?(?:at|with) (?!home\b|their (?:parents|mother|father|friend)|peace\b|risk\b|them\b)|works? (?!from\b|out\b|on\b)(?:.+ )?(?:at|for|with)|delivers? .* for|drives? (?!to\b).*for|teaches at|got an? (?:[\p{L} -]{1,30} )?job (?:at|with)|has an? (?:[\p{L} -]{1,30} )?job (?:at|with)|is (?:full|part)[ -]time at|started (?:at|with|working)|joined)\b/u,
    sign: /\b(?:now|no longer|anymore|started|joined|new job|as of|since)\b/u,
  },
  {
    name: "workplace",
    words: wordSet("from_home remote remotely office hybrid wfh"),
    needs:
      /^user (?:works|is (?:now )?(?:fully |back |in |working )|was called|goes|now works|has to go|cycles|commutes|takes|gets|drives)/,
    sign: /\b(?:now|back|no longer|anymore|since|called|fully|permanently|switched|moved)\b/u,
  },
  {
    name: "love",
    words: wordSet(
      "single divorced widowed engaged married dating girlfriend boyfriend wife husband fiancé fiancée fiance partner together ex broke_up split_up separated",
    ),
    needs: anything,
    sign: /\b(?:single|divorced|widowed|broke up|broken up|split|separated|dumped|ended|called off|no longer|anymore)\b/u,
  },
  {
    name: "lodging",
    words: wordSet(
      "flat apartment house studio bungalow cottage condo room place parents roommates flatmates housemates roommate flatmate housemate alone mortgage keys",
    ),
    needs:
      /^user (?:now |currently |finally |has )?(?:lives|rents|is renting|shares|is living|stays|is staying|moved|bought|owns|owes|paid off|got the keys|is in)\b/u,
    sign: /\b(?:now|bought|moved (?:out|in|into|to)|alone|no longer|anymore|back (?:with|in|at)|finally|new|paid off|keys)\b/u,
  },
  of("gym", "gym puregym crossfit pilates"),
  {
    name: "pronouns",
    words: wordSet("pronouns she/her he/him they/them"),
    needs: anything,
    sign: anything,
  },
  {
    name: "answer length",
    words: wordSet("short shorter brief concise terse long longer detailed thorough in-depth"),
    needs: /^user wants .*\b(?:answers?|repl|responses?|explanations?)/u,
    sign: anything,
  },
  {
    name: "units",
    words: wordSet("miles km kilometres kilometers kilometre metric imperial celsius fahrenheit"),
    needs: instruction,
    sign: anything,
  },
  { name: "tone", words: wordSet("formal casual informal"), needs: instruction, sign: anything },
];

function of(name: string, words: string): Property {
  return { name, words: wordSet(words), needs: having, sign: changed };
}

const byWord = new Map<string, Property[]>();
for (const property of properties)
  for (const word of property.words) {
    const phrase = word.replaceAll("_", " ");
    byWord.set(phrase, [...(byWord.get(phrase) ?? []), property]);
  }

function mentionedIn(plain: string): ReadonlySet<Property> {
  const words = plain.match(/[\p{L}\p{N}][\p{L}\p{N}/-]*/gu) ?? [];
  const found = words.flatMap((word, at) => [
    ...(byWord.get(word) ?? []),
    ...(byWord.get(`${word} ${words[at + 1] ?? ""}`) ?? []),
    ...(byWord.get(`${word} ${words[at + 1] ?? ""} ${words[at + 2] ?? ""}`) ?? []),
  ]);
  return new Set(found);
}

const isOver =
  /^user(?:'s [\p{L}-]+)? (?:was|had|did|used to|will|wants? to|plans?|likes?|loves?|enjoys?|hates?|does not like|once|has (?:had|been to|visited|seen)|needs?|hopes?|knows?|watched|visited|works? out)\b/u;

/** The properties of which a statement (in plain words) gives a value that may change. */
export function propertiesOf(plain: string): readonly string[] {
  if (isAboutAnother(plain) || isOver.test(plain)) return [];
  return [...mentionedIn(plain)].flatMap(({ name, needs }) => (needs.test(plain) ? [name] : []));
}

/** The purpose of a statement (in plain words): "uses Notion for notes". */
const purpose = / for (?!(?:years?|months?|weeks?|now|good|the|about|over|\d)\b)(.+)$/;

/** Whether two statements are about different purposes, so that both can be true. */
export function differInPurpose(one: string, other: string): boolean {
  const [first, second] = [one, other].map((plain) => purpose.exec(plain)?.[1]?.replace(/ now$/, ""));
  return first !== undefined && second !== undefined && first !== second;
}

/** The properties to which a statement (in plain words) gives a new value. */
export function changedPropertiesOf(plain: string): readonly string[] {
  const isOfAnother = isAboutAnother(plain) && !/^user's (?:\p{L}+ )?baby\b/u.test(plain);
  if (isOfAnother || beside.test(plain)) return [];
  return [...mentionedIn(plain)].flatMap(({ name, needs, sign }) =>
    needs.test(plain) && sign.test(plain) ? [name] : [],
  );
}
