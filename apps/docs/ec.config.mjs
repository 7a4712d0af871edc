// How code is shown. It stands here since starlight-openapi replaces what Starlight's own options say of it.
export default {
  // A line that is cut off needs a keyboard's user to scroll, and a phone's. One that goes on is set in.
  defaultProps: { wrap: true, hangingIndent: 2 },
};
