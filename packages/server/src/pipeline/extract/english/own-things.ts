// Things of which people speak without "my" although they mean their own: "the boiler broke", "rent is 900 a month".
import { wordSet } from "../../word-lists.ts";

/** Such nouns in the singular. What everybody has in common, such as weather and films, is not among them. `_` is a space. */
const ownThings = wordSet(`
  house flat apartment bungalow cottage condo maisonette bedroom kitchen bathroom living_room spare_room loft attic basement cellar
  garage garden backyard lawn balcony terrace patio shed greenhouse allotment orchard farm barn coop hive chimney roof boiler
  furnace heating radiator fridge freezer oven stove cooker dishwasher washing_machine washer dryer microwave sofa couch bed mattress
  piano tv router wifi broadband landline lease rent mortgage deposit landlord landlady lodger tenant flatmate roommate housemate
  neighbour neighbor renovation
  car van truck lorry motorbike motorcycle scooter moped bike ebike e-bike boat caravan camper campervan tractor trailer clutch gearbox
  phone laptop computer pc macbook tablet kindle camera printer monitor headphones
  shop cafe café bakery restaurant salon business company firm agency startup office team department staff boss manager
  supervisor customer client job salary wage bonus pension commute internship placement apprenticeship probation shift roster
  standup stand-up retro sprint launch side_project newsletter podcast website
  thesis dissertation degree course exam driving_test scholarship tuition tutor phd masters semester
  knee back ankle wrist shoulder hip elbow foot feet leg arm finger tooth teeth braces glasses hearing hair beard skin bp blood_pressure
  cholesterol blood_sugar weight asthma eczema allergy hay_fever cough fever flu back_pain arthritis cast stitches tattoo inhaler insulin
  medication meds tablet pill dose therapy physio therapist psychiatrist dentist gp surgeon midwife operation surgery scan mri
  biopsy appointment appt checkup check-up pregnancy due_date
  baby bump eldest oldest youngest twins in-laws missus puppy kitten hamster hen chicken dog cat
  wedding reception ceremony honeymoon party funeral christening reunion housewarming shower stag_do hen_do trip holiday vacation flight
  cruise visa passport licence license interview move concert gig recital match tournament marathon audition rehearsal practice
  choir band orchestra club league training yoga pilates lesson caterer venue florist
  savings debt loan overdraft bank_account credit_card subscription membership insurance electricity_bill gas_bill water_bill
  divorce custody adoption
`);

/** Parts of software and its operation. The user's own if a name follows: "CI runs on Drone". */
const systems = wordSet(
  "prod production staging ci pipeline deployment build backend frontend server database db repo repository monorepo codebase service api app site stack cluster infra infrastructure",
);

/** Whether one or two words, in lower case, name such a thing, or several of them. */
export function isOwnThing(words: string): boolean {
  return isIn(ownThings, words.replace(" ", "_"));
}

/** Whether a word, in lower case, names a part of software. */
export function isSystemPart(word: string): boolean {
  return isIn(systems, word);
}

function isIn(nouns: ReadonlySet<string>, word: string): boolean {
  if (nouns.has(word)) return true;
  return (
    word.endsWith("s") &&
    (nouns.has(word.slice(0, -1)) || (word.endsWith("es") && nouns.has(word.slice(0, -2))))
  );
}
