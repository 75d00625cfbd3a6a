/** A dependency that must answer for the service to be ready. Rejects when it does not. */
export type ReadinessCheck = () => Promise<unknown>;

const PATIENCE = 1_500;

/** What a service needs to be ready, by a name that tells a stranger nothing but what an operator needs. */
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();

  require(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  /** The names of what does not answer within 1.5 s; empty when all is well. */
  async missing(): Promise<string[]> {
    const outcomes = await Promise.all(
      [...this.checks].map(async ([name, check]) => ((await answers(check)) ? [] : [name])),
    );
    return outcomes.flat();
  }
}

async function answers(check: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, PATIENCE);
  });
  try {
    return await Promise.race([
      check().then(
        () => true,
        () => false,
      ),
      patience,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
