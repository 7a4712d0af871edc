/** Enough for 64 embeddings of the largest models, and far more than any answer of a language model. */
const maximumAnswerBytes = 16 * 1024 * 1024;

/** Like `fetch`, but reading a body of more than `maximumAnswerBytes` fails, and the rest of it is not received. */
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
