type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface Draft<T> {
  readonly value: T;
  readonly keptAt: string;
}

/** Whose draft of which form: nobody else who uses this browser is offered it. */
export interface DraftOwner {
  readonly tenantId: string;
  readonly userId: string;
}

const LIFE_MS = 30 * 24 * 3600 * 1000;

/** What was typed into a form and not sent yet, kept in this browser until it is. */
export class LocalDraft<T> {
  private readonly key: string;

  constructor(
    private readonly storage: Store,
    { tenantId, userId }: DraftOwner,
    form: string,
  ) {
    this.key = `harka.draft.${tenantId}.${userId}.${form}`;
  }

  read(now: Date = new Date()): Draft<T> | null {
    try {
      const stored = this.storage.getItem(this.key);
      if (stored === null) return null;
      const draft = JSON.parse(stored) as Draft<T>;
      if (now.getTime() - new Date(draft.keptAt).getTime() < LIFE_MS) return draft;
      this.clear();
    } catch {
      // Unreadable is as good as none.
    }
    return null;
  }

  /** @returns false where the browser keeps nothing: the form may say so. */
  keep(value: T, now: Date = new Date()): boolean {
    try {
      this.storage.setItem(this.key, JSON.stringify({ value, keptAt: now.toISOString() }));
      return true;
    } catch {
      return false;
    }
  }

  clear(): void {
    try {
      this.storage.removeItem(this.key);
    } catch {
      // See keep.
    }
  }
}
