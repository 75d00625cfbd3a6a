import { createHash, timingSafeEqual } from 'node:crypto';
import { anonymous } from '#libs/tenancy';
import { passportOf, type Passport } from './passport.js';

/** The fixed token of the operator's command line, where the installation has one. */
export class OperatorToken {
  private readonly digest: Buffer | null;
  private readonly passport: Passport;

  constructor(token: string | undefined) {
    this.digest = token === undefined ? null : digestOf(token);
    this.passport = passportOf(null, {
      ...anonymous,
      kind: 'operator',
      id: 'operator-token',
      name: 'Operator token',
    });
  }

  /** The operator's passport if `token` is the token, in constant time. */
  open(token: string): Passport | null {
    return this.digest !== null && timingSafeEqual(digestOf(token), this.digest) ? this.passport : null;
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
