/** How far a worker has come in the file. It is only a short cut: whoever starts from the beginning does the same. */
export interface Cursor {
  readonly line: number;
  readonly managed: number;
}

export const BEGINNING: Cursor = { line: 0, managed: 0 };

/** More is to be done at once, or after a while; or nothing is. */
export interface Step {
  readonly next: 'more' | 'later' | 'over';
  readonly cursor: Cursor;
}

export const OVER: Step = { next: 'over', cursor: BEGINNING };
