const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** A terminal's Ctrl-C arrives twice, since npm passes it on too; a person's second one comes later. */
const ECHO_MS = 1_000;
const PARENT_POLL_MS = 500;

/** Hears that the person wants us to stop: first politely, then (a second signal) in a hurry. */
export class StopRequest {
  #began = null;
  #hurried = false;
  #hurryListeners = [];
  #resolve;

  constructor() {
    this.asked = new Promise((resolve) => (this.#resolve = resolve));
    for (const name of SIGNALS) process.on(name, () => this.#receive());
    if (process.env.npm_lifecycle_event !== undefined) this.#watchParent();
  }

  get isAsked() {
    return this.#began !== null;
  }

  get isHurried() {
    return this.#hurried;
  }

  onHurry(listener) {
    this.#hurryListeners.push(listener);
  }

  #receive() {
    const now = performance.now();
    if (this.#began === null) {
      this.#began = now;
      this.#resolve();
    } else if (now - this.#began > ECHO_MS && !this.#hurried) {
      this.#hurried = true;
      this.#hurryListeners.forEach((listener) => listener());
    }
  }

  /** An npm that was killed outright could tell us nothing. */
  #watchParent() {
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      this.#receive();
    }, PARENT_POLL_MS);
    timer.unref();
  }
}
