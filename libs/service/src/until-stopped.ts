/** Resolves when the process is asked to stop (SIGTERM, or Ctrl-C). */
export async function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}
