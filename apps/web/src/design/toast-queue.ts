export interface Toast {
  readonly id: number;
  readonly tone: 'good' | 'bad';
  readonly text: string;
  readonly action?: ToastAction;
}

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

const SHOWN_MS = 6_000;
/** Time enough to read, to decide and to get there by keyboard. */
const WITH_ACTION_MS = 20_000;

/** What was just done, said once and gone again. Holds no state of the academy. */
export class ToastQueue {
  private toasts: readonly Toast[] = [];
  private readonly listeners = new Set<() => void>();
  private nextId = 1;

  constructor(
    /** Wrapped: the browser's own function refuses to be called as a method of something else. */
    private readonly later: (work: () => void, milliseconds: number) => unknown = (work, milliseconds) =>
      setTimeout(work, milliseconds),
  ) {}

  readonly current = (): readonly Toast[] => this.toasts;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  show(text: string, tone: Toast['tone'] = 'good', action?: ToastAction): void {
    const toast = { id: this.nextId++, tone, text, ...(action === undefined ? {} : { action }) };
    this.set([...this.toasts.slice(-2), toast]);
    this.later(
      () => {
        this.dismiss(toast.id);
      },
      action === undefined ? SHOWN_MS : WITH_ACTION_MS,
    );
  }

  dismiss(id: number): void {
    this.set(this.toasts.filter((toast) => toast.id !== id));
  }

  private set(toasts: readonly Toast[]): void {
    this.toasts = toasts;
    for (const listener of this.listeners) listener();
  }
}
