/** The organisation of the server in the page. */
export const liveOrg = "org_demo";

/** Its key, which works only for the server in the reader's tab. */
export const liveKey = "a-key-of-this-tab";
