/** Settles like `answer`, or rejects once it has taken `milliseconds`: what is asked on the way of a request may not hold it up. */
export async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      // When it is this process that was slow, the answer has come and only waits to be read: let it be read first.
      setImmediate(() => {
        reject(new Error(`No answer within ${milliseconds} ms.`));
      });
    }, milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    late.catch(() => undefined);
    answer.catch(() => undefined);
  }
}
