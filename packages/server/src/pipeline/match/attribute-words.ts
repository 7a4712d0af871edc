// What people have one of at a time, such as a home, a phone and a bedtime, and the words that give it a value. A new attribute
// needs only an entry here. `_` joins two words.
import { occupations } from "../statement/topic-words.ts";

/** An attribute of a person. */
export interface AttributeWords {
  readonly name: string;
  /** A statement with one of these words is about the attribute. */
  readonly words: string;
  /** What a statement that gives it a value looks like, if the words alone do not show it. In plain words. */
  readonly gives?: RegExp;
  /** What a statement that changes it has. By default a word of change, such as "now" or "switched". */
  readonly change?: RegExp;
  /** Words that tell one from another, such as "car" and "home" of an insurance. */
  readonly kinds?: string;
  /** Whether a value is always of a kind: what is fluent is a language. @default false */
  readonly hasKind?: boolean;
}

const languages =
  "german french spanish english italian portuguese dutch swedish norwegian danish finnish polish russian ukrainian czech greek turkish arabic hebrew japanese chinese mandarin cantonese korean hindi urdu welsh irish swahili hungarian romanian croatian serbian catalan";

/** For attributes with exactly one value at a time, such as an age. A statement needs no word of change. */
const always = /^/;

/** Brands of one kind. A person uses one of them at a time. */
const tools: Readonly<Record<string, string>> = {
  phone:
    "iphone iphones pixel galaxy android oneplus nokia fairphone motorola xiaomi huawei samsung phone smartphone",
  computer: "macbook mac pc imac thinkpad laptop chromebook xps desktop",
  system: "ubuntu windows macos fedora linux debian arch mint",
  editor:
    "vim neovim nvim emacs vs_code vscode zed intellij pycharm webstorm sublime_text sublime cursor eclipse xcode notepad++ helix kate rstudio jetbrains editor ide",
  shell: "bash zsh fish_shell powershell nushell shell",
  terminal: "iterm iterm2 kitty wezterm alacritty ghostty terminal",
  "internet provider": "wifi broadband internet fibre fiber isp starlink dsl",
  "mobile network":
    "vodafone o2 ee t-mobile verizon mtn airtel glo 9mobile safaricom jio telstra optus giffgaff telekom sim sim_card network carrier",
  browser: "chrome firefox safari brave vivaldi edge chromium opera browser",
  "search engine": "duckduckgo bing kagi ecosia",
  notes: "notion obsidian evernote onenote roam logseq joplin apple_notes google_keep notes",
  tasks:
    "todoist things_3 omnifocus ticktick jira linear trello asana clickup basecamp monday.com youtrack tickets",
  chat: "slack teams discord mattermost zulip whatsapp telegram",
  calls: "zoom skype google_meet webex facetime",
  passwords: "1password bitwarden lastpass keepass dashlane keepassxc",
  calendar: "google_calendar outlook_calendar fantastical calendar",
  music: "spotify apple_music tidal deezer youtube_music qobuz",
  drive: "dropbox google_drive onedrive nextcloud",
  repository: "github gitlab bitbucket gitea codeberg sourcehut",
  "build server":
    "jenkins github_actions gitlab_ci circleci travis buildkite teamcity ci continuous_integration",
  design: "figma sketch adobe_xd illustrator affinity canva",
  photos: "lightroom darktable capture_one photoshop gimp",
  writing: "scrivener ulysses google_docs libreoffice",
  mapping: "google_maps waze apple_maps",
  bookkeeping: "quickbooks xero freshbooks datev",
  camera: "canon nikon fujifilm leica olympus camera",
  watch: "apple_watch garmin fitbit watch",
  car: `car toyota honda ford bmw audi volkswagen vw golf polo skoda octavia ibiza renault clio zoe peugeot citroen fiat volvo mazda nissan micra hyundai kia tesla
    subaru mercedes jeep corolla civic focus fiesta yaris prius dacia lexus chevy chevrolet dodge opel astra corsa vauxhall suzuki porsche passat panda berlingo leaf duster qashqai
    sedan hatchback estate suv pickup ute minivan`,
  bank: "barclays monzo hsbc natwest lloyds santander starling revolut halifax chase citibank n26 nationwide sparkasse ing dkb bank bank_account current_account",
  email: "gmail outlook hotmail yahoo proton protonmail fastmail icloud",
  hosting:
    "aws azure gcp heroku hetzner digitalocean vercel netlify render linode railway cloudflare ovh vps",
  database:
    "mysql postgres postgresql sqlite mongodb mongo mariadb dynamodb supabase cassandra cockroachdb database",
  "web framework": "django rails laravel flask fastapi spring_boot symfony phoenix nestjs backend",
  frontend: "react vue angular svelte nextjs jquery frontend",
  religion:
    "catholic christian muslim buddhist hindu jewish atheist agnostic protestant baptist methodist mormon quaker sikh anglican orthodox pagan church mass mosque religious faith believer",
  party:
    "labour tory tories conservative conservatives greens democrat republican socialist snp liberal liberals cdu spd votes voted vote",
  gym: "gym puregym crossfit pilates fitness_studio",
  heating: "heat_pump gas_boiler boiler wood_stove oil_heating central_heating pellet_stove",
  "energy supplier":
    "octopus edf british_gas eon ovo vattenfall electricity energy_supplier electric_supplier",
  "insurance company": "insurance insured insurer allianz axa huk aviva geico",
};
const kindsOfTools: Readonly<Record<string, string>> = {
  "insurance company": "car home house health life travel pet dog liability bike legal dental",
  camera: "film video analogue",
};

/** People whom a person has one of, by what they do. */
const roles = [
  "boss manager supervisor reports_to answers_to report_to line_manager",
  "landlord landlady rents_from",
  "dentist dental",
  "doctor gp",
  "vet vets",
  "therapist psychologist counsellor",
  "trainer",
  "coach",
  "physio",
  "hairdresser stylist",
  "barber",
  "teacher",
  "tutor",
  "accountant",
  "cleaner",
  "nanny childminder babysitter",
];
const withRole =
  /^user(?:'s (?:new |current |line )?\w+(?: \w+)? (?:is|are|'s)\b|(?: now)? (?:is with|is now with|sees|goes to|has changed|changed|switched|has a new|got a new|rents from|reports to|answers to|takes)\b)/u;

const ended =
  /\b(?:no longer|anymore|any more|quit|stopped|gave up|given up|without|since|down to|back (?:to|on)|again|started|switched|free|clean|sober|teetotal|sobriety|off|not (?:smoke|drink|vape|had)|last|cut)\b/u;
const measured =
  /\b(?:now|just|again|down|up|only|lower|higher|gained|lost|dropped|was|said|says|today|this morning|this week|back|cut|chopped|shaved|dyed|bleached|grew|trimmed|off|measured|went with|these days|turns out|actually|changed|new)\b/u;

/** Attributes that are more than a brand. */
const others: readonly AttributeWords[] = [
  {
    name: "weight",
    words: "weigh weighs weight kg kilo kilos stone lbs pounds",
    gives: /\d/,
    change: measured,
  },
  {
    name: "height",
    words: "tall height cm measured",
    gives: /^user (?:is|measures|measured)\b\D*\d|^user's height\b/u,
    change: always,
  },
  {
    name: "shoe size",
    words: "shoes shoe size 31s 32s 33s 34s 35s 36s 37s 38s 39s 40s 41s 42s 43s 44s 45s 46s",
    gives: /^user (?:now )?(?:wears|takes|needs|is|has)\b.*\d/u,
    change: /\b(?:now|already|up to|grown|moved up)\b/u,
  },
  { name: "blood pressure", words: "blood_pressure bp", change: measured },
  {
    name: "age",
    words: "old turned months",
    gives:
      /^user (?:just |now )?(?:is|turned) (?:about |almost )?\d+(?:$| (?:months?|weeks?|years?|today|yesterday|on|last|this|and|now|in)\b)/u,
    change: always,
  },
  {
    name: "hair",
    words:
      "hair shaved pixie buzz_cut buzzcut bob bald ponytail dreadlocks dreads blonde blond brunette fringe bangs beard moustache mustache clean-shaven mullet perm",
    change: measured,
    kinds: "beard moustache mustache",
  },
  {
    name: "smoking",
    words: "smoke smokes smoked smoking smoker cigarette cigarettes vape vapes vaping tobacco nicotine pipe",
    change: ended,
  },
  {
    name: "alcohol",
    words:
      "alcohol wine beer beers booze drinker teetotal sober sobriety whisky whiskey pint pints glass_of_red alcohol-free",
    gives: /^user (?!(?:works|runs|owns|manages|sells|makes|brews|teaches|collects)\b)/u,
    change: ended,
  },
  {
    name: "coffee",
    words: "coffee coffees espresso espressos decaf latte lattes cappuccino caffeine",
    gives:
      /^user (?:only |now |just |still )*(?:drinks|has|is (?:only |now |strictly )*(?:on|off|down to)|needs|takes|lives on|switched|quit|gave up|cut|stopped|started)\b/u,
    change:
      /\b(?:now|only|strictly|quit|stopped|gave up|given up|cut|down to|up to|switched|off|no longer|anymore|decaf|back (?:to|on))\b/u,
  },
  {
    name: "diet",
    words:
      "vegan vegetarian veggie pescatarian carnivore meat keto plant-based eats_eggs eats_cheese eats_dairy eats_fish eats_chicken eats_beef eating_cheese eating_meat eating_fish eating_eggs eating_dairy eating_chicken",
    change: new RegExp(`${ended.source}|\\b(?:now|went|gone|turned|became|ended)\\b`, "u"),
  },
  {
    name: "breakfast",
    words: "breakfast porridge cereal oatmeal muesli fasting fasts",
    gives: /^user(?:'s)? (?!likes|made|cooked)/u,
    change:
      /\b(?:now|again|these days|instead|no longer|anymore|every morning|stopped|started|quit|gave up)\b/u,
  },
  {
    name: "bedtime",
    words: "asleep bed bedtime lights_out sleeps_at to_sleep night_owl turns_in",
    gives:
      /^user (?:usually |always |mostly |now |often |never |no longer )*(?:is|goes|gets to|turns|sleeps)\b(?!.*\b(?:hospital|flu|cold|sick|ill|fever)\b)/u,
    change: /\b(?:now|these days|since|most nights|every night|usually|always|no longer|lately|started)\b/u,
  },
  {
    name: "waking",
    words:
      "wakes wake gets_up get_up is_up sleeps_till sleeps_until sleep_till sleep_until alarm early_bird early_riser late_riser lie-in sleeps_in",
    gives:
      /^user(?:'s alarm)? (?:usually |always |mostly |now |often |never |no longer |can )*(?:wakes?|gets?|is|sleeps?|goes|rings|does)\b/u,
    change:
      /\b(?:now|these days|since|nowadays|no longer|anymore|sleeps (?:till|until|in)|every (?:day|morning)|usually)\b/u,
  },
  {
    name: "pregnancy",
    words: "pregnant expecting newborn trimester baby born due",
    gives: /^(?!user (?:was|were) )/u,
    change: /\b(?:arrived|born|gave birth|here|came|had (?:the|a|their) (?:baby|little)|newborn)\b/u,
  },
  {
    name: "studies",
    words:
      "student degree uni university college phd masters master's bachelor's first_year second_year third_year final_year year_of studies studying studied graduated qualified dissertation apprentice trainee major majors majoring faculty department course_of doctoral doctorate apprenticeship",
    gives: /^user(?:'s)? (?!favou?rite|likes)/u,
    change:
      /\b(?:graduated|qualified|finished|dropped out|quit|left|no longer|completed|submitted|defended|switched|transferred|changed|officially|approved|now|these days|became|passed)\b/u,
  },
  {
    name: "school",
    words:
      "school schools primary academy kindergarten nursery reception high_school montessori daycare preschool",
    change: /\b(?:changed|moved|switched|started|starts|left|now|goes to|new|transferred|out of)\b/u,
  },
  {
    name: "language level",
    words: "a1 a2 b1 b2 c1 c2",
    gives: /^user(?:'s)? (?!wants|likes|teaches)/u,
    change: /\b(?:now|passed|moved up|made it|reached|became|these days|at last|finally)\b/u,
    kinds: languages,
    hasKind: true,
  },
  {
    name: "fluency",
    words: "beginner basic rusty conversational intermediate advanced fluent fluently",
    change: /\b(?:now|these days|finally|became|by now|already)\b/u,
    kinds: languages,
    hasKind: true,
  },
  {
    name: "office",
    words:
      "treasurer chair chairman chairwoman chairperson president captain vice-captain secretary vice-president",
    gives: /^user (?:now |has )*(?:is|was|became|got|took)\b/u,
    change: /\b(?:elected|appointed|named|made|became|now|voted|took over|stepped)\b/u,
  },
  {
    name: "shift",
    words:
      "nights night_shift night_shifts day_shift day_shifts early_shift early_shifts late_shift late_shifts earlies lates on_days on_mornings mornings evenings afternoons day_job shifts shift duty hours hour_days hours_days",
    gives:
      /^user(?:'s (?:duty|shifts?|working hours|hours))? (?:now |has |usually )*(?:works?|does|is|are|got|was|has|moved|switched|changed|gone|went|start)\b/u,
    change:
      /\b(?:now|no longer|anymore|moved|switched|changed|gone over|went over|put|since|as of|starting|from|new|is on (?:mornings|nights|days|lates|earlies|evenings|afternoons))\b/u,
  },
  {
    name: "workplace",
    words: "from_home remote remotely office hybrid wfh home_office on-site onsite in_person",
    gives:
      /^user(?:'s job)? (?:now |fully )*(?:works|is\b|was called|goes|has to go|cycles|commutes|takes|gets|drives|was ordered)/,
    change:
      /\b(?:now|back|no longer|anymore|since|called|fully|permanently|switched|moved|as of|from now|full-time|monday (?:to|through) friday|ordered)\b/u,
  },
  {
    name: "love",
    words:
      "single divorced widowed engaged married dating girlfriend boyfriend wife husband fiancé fiancée fiance partner together ex broke_up split_up separated",
    change:
      /\b(?:single|divorced|widowed|broke up|broken up|split|separated|dumped|ended|called off|no longer|anymore)\b/u,
  },
  {
    name: "lodging",
    words:
      "flat apartment house studio bungalow cottage condo room place parents roommates flatmates housemates roommate flatmate housemate alone mortgage keys two-bedroom hostel dorm squatting lodger landlord's",
    gives:
      /^user (?:now |currently |finally |has )*(?:lives|rents|is renting|shares|is sharing|is living|is squatting|stays|is staying|moved|bought|owns|owes|paid off|got the keys|is in|closed on|got (?:an?|their) (?:own )?(?:flat|place|house|apartment|room|studio|condo|bungalow|cottage))\b/u,
    change:
      /\b(?:now|bought|moved (?:out|in|into|to)|alone|no longer|anymore|back (?:with|in|at)|finally|new|paid off|keys|closed on|got|own)\b/u,
  },
  {
    name: "work",
    words: `works teaches shifts job retired pensioner redundant unemployed fired promoted temping apprentice trainee intern self-employed freelance freelancer dev
      ${occupations.slice(3, -1).replaceAll("|", " ").replaceAll("police ", "")} sous-chef assistant barista labourer builder roofer courier was_named teaching resigned`,
    gives:
      /^user (?:(?:now|officially|currently|just) )*(?:works? (?!out\b|on\b)|made|took(?! on\b)|has taken(?! on\b)|is working|teaches|does (?:\p{L}+ )?shifts|is (?:an?|officially|temping|retired|self-employed|unemployed|sous-chef|head)|got (?:an?|the|their|laid|promoted|fired)|started|was (?:made|laid|fired|promoted|named|appointed|hired|let go)|retired|resigned|has (?:an?|retired)|handed|became|temps)/u,
    change:
      /\b(?:now|no longer|anymore|retired(?! as (?!an?\b))|took(?! on\b)|taken(?! on\b)|made|promoted|was named|appointed|laid off|fired|redundant|quit|officially|qualified|new job|pensioner|started (?:as|at|working|a)|as of|became|unemployed)\b/u,
  },
  {
    name: "employer",
    words: "at for with",
    gives:
      /^user (?:(?:now|currently) )?(?:is (?!.*\p{Ll}ing\b)(?:now )?(?:an? (?!fan\b)[\p{L} -]{2,40}? )?(?:at|with) (?!home\b|their (?:parents|mother|father|friend)|peace\b|risk\b|them\b)|works? (?!from\b|out\b|on\b)(?:.+ )?(?:at|for|with)|delivers? .* for|drives? (?!to\b).*for|teaches at|got an? (?:[\p{L} -]{1,30} )?job (?:at|with)|has an? (?:[\p{L} -]{1,30} )?job (?:at|with)|is (?:full|part)[ -]time at|started (?:at|with|working)|joined)\b/u,
    change: /\b(?:now|no longer|anymore|started|joined|new job|as of|since)\b/u,
  },
  { name: "pronouns", words: "pronouns she/her he/him they/them", change: always },
  {
    name: "best friend",
    words: "best_friend bestie best_mate",
    gives: /^user(?:'s|s)? (?:best|new best)/u,
    change: always,
  },
  {
    name: "personal best",
    words: "pb personal_best best pr",
    gives: /\d/,
    change: /\b(?:new|now|ran|beat|broke|improved)\b/u,
    kinds: "marathon half 5k 10k deadlift squat bench mile parkrun swim row",
  },
];

/** All attributes. */
export const attributeWords: readonly AttributeWords[] = [
  ...Object.entries(tools).map(([name, words]) => {
    const kinds = kindsOfTools[name];
    return { name, words, ...(kinds !== undefined && { kinds }) };
  }),
  ...roles.map((words) => ({ name: words.split(" ", 1)[0]!, words, gives: withRole })),
  ...others,
];
