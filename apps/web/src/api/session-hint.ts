const KEY = 'harka.session.known';

/**
 * Whether this browser has been signed in here: the cookies themselves cannot be read. Without it a visitor who was
 * never here would wait for a renewal that cannot succeed.
 */
export class SessionHint {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  /** True also where storage is refused: better a call too many than a session lost. */
  get isSet(): boolean {
    try {
      return this.storage.getItem(KEY) !== null;
    } catch {
      return true;
    }
  }

  set(): void {
    try {
      this.storage.setItem(KEY, '1');
    } catch {
      // See isSet.
    }
  }

  clear(): void {
    try {
      this.storage.removeItem(KEY);
    } catch {
      // See isSet.
    }
  }
}
