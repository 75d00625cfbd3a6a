import { Mailer, type Letter } from './mailer.js';

/** Keeps the letters; fails as often as it is told to. */
export class FakeMailer extends Mailer {
  readonly letters: Letter[] = [];
  failures = 0;

  async send(letter: Letter): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('The mail server does not answer.');
    }
    this.letters.push(letter);
  }

  async forget(email: string): Promise<number> {
    const kept = this.letters.filter(({ to }) => to.email !== email);
    const forgotten = this.letters.length - kept.length;
    this.letters.splice(0, this.letters.length, ...kept);
    return forgotten;
  }
}
