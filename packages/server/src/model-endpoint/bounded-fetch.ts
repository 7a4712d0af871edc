/** More than 64 embeddings of the largest models take, and far more than the answer of a model that has an end. */
const maximumAnswerBytes = 16 * 1024 * 1024;

/** Fetches as `fetch` does, but a body with more bytes than any sound answer fails to be read, and is not received further. */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  let leftBytes = maximumAnswerBytes;
  const bounded = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, controller) {
      leftBytes -= piece.byteLength;
      if (leftBytes < 0) controller.error(new Error(`the answer has more than ${maximumAnswerBytes} bytes`));
      else controller.enqueue(piece);
    },
  });
  return response.body === null ? response : new Response(response.body.pipeThrough(bounded), response);
};
