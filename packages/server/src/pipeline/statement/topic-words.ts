import { alternatives } from "../word-lists.ts";

// Alternatives for the patterns of `topic.ts`, without groups that capture.

/** Relatives. */
export const relatives = alternatives(`
  wife husband spouse partner fiancée? girlfriend boyfriend mom mum mother dad father parents? brothers? sisters?
  siblings? sons? daughters? kids? child children baby twins? uncles? aunts? aunties? cousins? nieces? nephews?
  nan nana nanny gran granny granddad grandad mam hubby wifey missus other_half bf gf step(?:mother|father|mum|mom|dad|son|daughter|brother|sister) grand(?:ma|pa|mother|father|parents?|sons?|daughters?|child|kids|children) family
`);

/** Pets. */
export const pets = alternatives(`
  pets? dogs? pupp(?:y|ies) cats? kittens? hamsters? parrots? rabbits? bunn(?:y|ies) horses? ferrets? goldfish
  turtles? gerbils? lizards? snakes? guinea
`);

/** Relatives, pets and people whom the user knows. */
export const beings = `(?:${relatives}|${pets}|${alternatives(
  "friend mate buddy boss manager neighbou?r roommate flatmate colleague coworker",
)})`;

/** The same with a word that tells one from another: "older brother". */
export const distinctBeings = `(?:(?:older|younger|big|little|twin|eldest|oldest|youngest|best|middle) )?${beings}`;

/** Jobs that people have one at a time: a new one replaces the old one. */
export const occupations = alternatives(`
  accountant analyst architect attorney baker banker barber barista bartender bookkeeper bouncer butcher carpenter
  cashier chef chemist clerk concierge consultant contractor coroner dentist detective developer dietitian doctor
  driver economist electrician engineer farmer firefighter florist gardener hairdresser janitor journalist judge
  landscaper lawyer librarian machinist manager mechanic midwife nanny nurse nutritionist optician optometrist
  paralegal paramedic pediatrician pharmacist physician pilot plumber police_officer policeman policewoman
  postman principal professor programmer psychiatrist psychologist realtor receptionist salesman salesperson
  saleswoman scientist secretary soldier surgeon tailor teacher technician telemarketer therapist vet veterinarian
  waiter waitress welder worker
`);

/** Jobs or pastimes of which people may have several. */
export const callings = alternatives(`
  actor actress artist athlete author babysitter blogger coach comedian composer cook dancer designer dj editor
  entrepreneur freelancer guitarist illustrator instructor magician model musician novelist painter photographer
  pianist poet rapper sculptor singer streamer translator tutor volunteer writer youtuber
`);

/** Diets that exclude each other. */
export const diets = alternatives("vegetarian vegan pescatarian omnivore carnivore flexitarian fruitarian");

/** Marital states. */
export const relationshipStates = alternatives("single married divorced engaged widowed separated unmarried");
