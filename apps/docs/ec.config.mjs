// How code is shown. This is not in Starlight's options, because starlight-openapi overrides them.
export default {
  // Long lines wrap, so that users of keyboards and phones need not scroll. The rest of a line is indented.
  defaultProps: { wrap: true, hangingIndent: 2 },
};
