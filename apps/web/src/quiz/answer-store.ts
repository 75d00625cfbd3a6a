import { type Answers } from './answers.js';

/** Keeps answers that were not handed in yet, so that a reload, a lost tab or a lost session takes none of them. */
export class AnswerStore {
  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    private readonly key: string,
  ) {}

  read(): Answers {
    try {
      const stored: unknown = JSON.parse(this.storage.getItem(this.key) ?? '{}');
      return isAnswers(stored) ? stored : {};
    } catch {
      return {};
    }
  }

  write(answers: Answers): void {
    try {
      this.storage.setItem(this.key, JSON.stringify(answers));
    } catch {
      // A full or refused storage costs the safety net, nothing else.
    }
  }

  clear(): void {
    try {
      this.storage.removeItem(this.key);
    } catch {
      // See write.
    }
  }
}

function isAnswers(value: unknown): value is Answers {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every(
      (answer) =>
        typeof answer === 'string' || (Array.isArray(answer) && answer.every((id) => typeof id === 'string')),
    )
  );
}
