// Fields that a server of a dialect may leave out or send as null, by the types of the dialect's vendor.
import * as z from "zod/mini";

/** A text; null if the server does not send it. */
export const textOrNull = z._default(z.nullable(z.string()), null);

/** Texts, such as ids; empty if the server does not send them. */
export const textsOrNone = z._default(z.array(z.string()), []);

/** A number of things. */
export const count = z.int().check(z.gte(0));

/** A number of things; 0 if the server does not send it. */
export const countOrZero = z._default(count, 0);
