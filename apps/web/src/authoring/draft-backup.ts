import type { CourseContent } from '#libs/contracts/courses';

export interface Backup {
  readonly revision: number;
  readonly savedAt: string;
  readonly content: CourseContent;
}

/** What was typed and not saved, kept in this browser until it is. */
export class DraftBackup {
  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
    private readonly courseId: string,
  ) {}

  read(): Backup | null {
    try {
      const stored = this.storage.getItem(this.key);
      return stored === null ? null : (JSON.parse(stored) as Backup);
    } catch {
      return null;
    }
  }

  write(revision: number, content: CourseContent, now: Date): void {
    try {
      const backup: Backup = { revision, savedAt: now.toISOString(), content };
      this.storage.setItem(this.key, JSON.stringify(backup));
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

  private get key(): string {
    return `harka.draft.${this.courseId}`;
  }
}
