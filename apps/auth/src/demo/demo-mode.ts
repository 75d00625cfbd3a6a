import { WeakPassword } from '../password/password.errors.js';
import { DEMO_PASSWORD } from '../password/password.js';

/** Whether this installation is a demo. Only there the password that everybody knows opens anything. */
export class DemoMode {
  constructor(readonly isOn: boolean) {}

  refuses(password: string): boolean {
    return !this.isOn && password === DEMO_PASSWORD;
  }

  /** The password, if it is not the one of the demo. @throws WeakPassword */
  requireOwn(password: string, field = 'password'): string {
    if (this.refuses(password)) throw new WeakPassword(field, 'password_common');
    return password;
  }
}
