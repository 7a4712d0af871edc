/** The organisation of the server in the page. */
export const liveOrg = "org_demo";

/** Its key, which opens nothing but a server in the reader's own tab. */
export const liveKey = "a-key-of-this-tab";
