import { alternatives } from "../word-lists.ts";

/** A pattern for any of these words. `_` means a space, and `*` any ending. */
function anyWord(words: string): RegExp {
  const source = alternatives(words.replaceAll("*", String.raw`[\p{L}-]*`));
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${source}(?![\p{L}\p{N}])`, "iu");
}

/** Signs of illness, injury, disability, pregnancy and treatment. */
const health = anyWord(`
  diagnos* disease* disorder* illness* ill sick sickness unwell cancer* tumou?r* leukaemia leukemia diabet* pre-?diabet* asthma*
  allerg* intoleran* c?o?eliac* epilep* arthriti* migraine* headaches? insomnia* depress* anxiety anxieties panic_attacks? adhd autis*
  bipolar ptsd ocd schizophreni* eating_disorder anorexi* bulimi* dementia alzheimer* parkinson* stroke heart_(?:attack|condition|problems?)
  dyslexi* stammer* stutter* deaf hearing_aids? blind colou?r-?blind* disab* wheelchair* chronic sciatica hernia* pneumonia bronchitis
  pregnan* miscarr* ivf infertil* fertility_treatment* abortion* menopaus* expecting_(?:an?|their|twins|triplets) having_(?:a_(?:baby|boy|girl)|twins) due_date
  medications? meds pills? painkiller* antibiotic* antidepressant* prescri* insulin inhaler* statins? metformin chemo* radiotherapy
  dialysis transplant* surger* surgical biops* x-?rays? mri ct_scan stitches crutches physio* rehab* detox* overdos* sober sobriety
  alcoholic* addiction* injur* concussion* fractur* sprain* bruis* wounds? bleed* symptoms? cough* fever flu covid infection* virus
  pain painful aches? aching sore blood_(?:pressure|sugar|test|tests) cholesterol hormones? hiv std sti waiting_list
  (?:hip|knee)_replacement* wisdom_(?:tooth|teeth) appendix braces epipen* mental_breakdown therapy_sessions?
  lost_weight overweight obes* on_a_diet bad_(?:back|knees?|hip|shoulder)
  can_?not_(?:sleep|walk|hear|see|do_stairs) (?:sleeps?|sleeper|slept)_(?:badly|terribly|poorly) terrible_sleeper doctor's_advice
`);

/** A broken or hurt part of the body. */
const hurt = anyWord(`
  broke broken hurts? twisted tore torn burned burnt shot swollen in_a_cast
`);
const bodyPart = anyWord(`
  ankles? arms? backs? collarbones? elbows? fingers? foot feet hands? heads? hips? knees? legs? necks? nose ribs? shoulders? spine toes? tooth
  teeth wrists?
`);

/** A dose of a medicine, or a weight of the body. */
const dose = /\b\d[\d.,]* ?(?:mg|mcg|µg)\b|\bweigh(?:s|ed)? (?:about |around )?\d/i;

/** Places and people of treatment. They say nothing about the user's health if the user works or studies there. */
const treatment = anyWord(`
  hospital* clinic* hospice* doctors? gp dentists? surgeons? psychiatr* psychologists? psychotherap* therap* counsel* a&e emergency_room
  ambulance operation mental_health support_groups? medical_(?:leave|appointment|condition) sick_leave
`);
const patient =
  /\b(?:in|see|sees|seeing|saw|sought|got|gets|had|has|have|needs?|go|goes|going|went|rushed|admitted|started|starts) (?:[\w'’]+ ){0,4}(?:hospital|clinic|doctor|gp|dentist|psychiatr\w*|psychologist|psychotherap\w*|therap\w*|counsel\w*|operation|support group)/i;
const occupation =
  /\b(?:works?|worked|working) (?:[\w'’]+ )?(?:as|at|for|in|on|with)\b|\b(?:works?|working) nights\b|\b(?:career|jobs?|profession|stud(?:y|ies|ied|ying)|major(?:s|ed|ing)?|degree|volunteer\w*|intern(?:s|ed|ship)?|employed|teach(?:es|ing)?|taught|trains? as|training|research\w*|reads?|reading|books?|journals?|workshop|become|is an?|was an?|wanted to be|sells?|builds?|designs?)\b/i;

/** Relatives and partners: what is true of them is theirs to share. */
const family = anyWord(`
  famil(?:y|ies)('s)? mothers?('s)? mum(?:my|s)?('s)? mom(?:my|s)?('s)? fathers?('s)? dad(?:dy|s)?('s)? parents? stepmother* stepfather* stepson* stepdaughter* grandm* grandf* grandpar*
  grandp* grandson* granddaughter* grandchild* grandad* granny nan siblings? brothers?('s)? sisters?('s)? brother-in-law* sister-in-law*
  mother-in-law* father-in-law* in-laws husbands?('s)? hubby wi(?:fe|ves)('s)? spouse* partner('s)? fianc[eé]* boyfriend* girlfriend*
  ex ex-wife* ex-husband* ex-boyfriend* ex-girlfriend* daughters?('s)? sons?('s)? child children('s)? kids?('s)? twins? baby babies toddler* newborn
  uncles?('s)? aunt* niece* nephew* cousins?('s)? relatives godson goddaughter godmother godfather
  divorc* separated custody adopted_(?:a_)?(?:child|boy|girl|son|daughter) adoption* adopting_(?:siblings|two|a_child|a_baby) foster_(?:child|care|parent)* broke_up split_up breakup
  married marriage engaged wedding* widow* is_single dating died dies passed_away death* funeral* buried late_(?:wife|husband)
  gay lesbian bisexual queer transgender trans nonbinary non-binary polyamor* in_love love_life sex* relationship* pregnant
`);

/** Private feelings. */
const feelings = anyWord(`
  lonely loneliness (?:feels|all)_alone sad sadness unhappy miserable afraid scared frightened terrified fears? phobia* nervous anxious worr(?:y|ies|ied|ying)
  stress stressed stressful overwhelmed burn(?:t|ed)?[_-]?out upset cry cries cried crying tears grie(?:f|ve|ves|ving|ved) mourn* heartbr*
  asham* embarrass* guilt* jealous* hopeless* worthless* suicid* self-harm* angry anger hurt_by struggl* insecur* regret* homesick
  misses miss_their in_two_minds hates_(?:themselves|themself|their_(?:body|life|job)) crush_on no_friends does_not_have_any_friends
  self-esteem confidence_issues trauma* abus* bull(?:y|ied|ying) nightmares? panick* cannot_cope
`);

/** Money of the user. */
const finances = anyWord(`
  salar* wages? income earns? earned pay_?check* payslip* debts? loans? mortgage* rent overdraft* savings saved_up bankrupt* credit_(?:card|score|rating)s?
  owes? bank_(?:account|balance|details) iban inherit* pension alimony child_support afford* expenses broke_(?:and|this|until) pay_rise
  got_(?:a|their)_raise in_the_red net_worth benefits unemploy* laid_off fired redundant (?:lost|quit)_their_job lost_a_job lawsuit* sued
  arrested convict* prison jail detention shoplift* probation gambl* tax_(?:bill|debt|return)s? foreclos* evict*
`);
/** Amounts of money that come or go regularly, and what a person has or owes. */
const money = /[$€£¥]\s?\d|\b\d[\d.,]*(?:k\b| ?(?:dollars|euros|pounds|usd|eur|gbp)\b)/i;
const regularly = /\b(?:an?|per|each|every) (?:hour|day|week|month|year)\b/i;
const balance = /\bis on \d[\d.,]*k\b|\b(?:earns?|makes?|has|owes?) (?:about |around )?[$€£]\d/i;

/** Secrets, and numbers and addresses of a person. */
const credentials = anyWord(`
  passwords? passcode* passphrase* pin_(?:code|number)? pin secret_(?:key|code|token)s? api_keys? access_keys? private_keys? tokens? logins? credentials?
  username* two-factor 2fa one-time_code* recovery_(?:code|phrase)s? security_(?:code|question|number)s? (?:account|card|phone|mobile|passport|licen[cs]e|insurance|social_security|national_insurance)_numbers?
  ssn cvv sort_code home_address postal_address address_is lives_at number_ends phone_number e-?mail_(?:address_)?is redacted
`);

/** Phrases with such words that tell nothing private. */
const harmless =
  /\b(?:since|when) they were an? (?:little |small |young )?(?:kid|child|baby)\b|\bdeath metal\b/gi;

const privateWords = [health, dose, family, feelings, finances, balance, credentials];

/**
 * Whether a statement tells of private circumstances: health, family, private feelings, finances, credentials. The rules look for
 * words of these topics. If in doubt, they call a statement personal.
 */
export function isPersonal(text: string): boolean {
  const said = text.replaceAll(harmless, "");
  if (privateWords.some((pattern) => pattern.test(said))) return true;
  if (hurt.test(said) && bodyPart.test(said)) return true;
  if (money.test(said) && regularly.test(said)) return true;
  return treatment.test(said) && (patient.test(said) || !occupation.test(said));
}
