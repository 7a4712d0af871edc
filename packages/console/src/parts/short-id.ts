/** The parts of an id that tell it from its neighbours. The start of an id is its time, which neighbours share. */
export const shortId = (id: string) => (id.length > 16 ? `${id.slice(0, 4)}…${id.slice(-8)}` : id);
