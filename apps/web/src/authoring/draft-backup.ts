import type { CourseContent } from '#libs/contracts/courses';

export interface Backup {
  /** The revision that the work began with, and what it said: without it nobody could merge. */
  readonly revision: number;
  readonly base: CourseContent;
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
      return stored === null ? null : backupIn(JSON.parse(stored));
    } catch {
      return null;
    }
  }

  write(backup: Omit<Backup, 'savedAt'>, now: Date): void {
    try {
      const kept: Backup = { ...backup, savedAt: now.toISOString() };
      this.storage.setItem(this.key, JSON.stringify(kept));
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

/** Null for what an earlier release or somebody else has put there. */
function backupIn(stored: unknown): Backup | null {
  const backup = stored as Partial<Backup> | null;
  const isWhole =
    typeof backup?.revision === 'number' &&
    typeof backup.savedAt === 'string' &&
    Array.isArray(backup.content?.modules) &&
    Array.isArray(backup.base?.modules);
  return isWhole ? (backup as Backup) : null;
}
