import { Control, type BerReader } from 'ldapts';

export type PasswordState = 'expired' | 'locked' | 'must_change';

const ERROR = 0x81;
const WARNING = 0xa0;
/** What else there is concerns a password that is being changed. */
const states: Readonly<Record<number, PasswordState>> = { 0: 'expired', 1: 'locked', 2: 'must_change' };

/**
 * What a server says about the password besides right or wrong (draft-behera-ldap-password-policy): asked for with a bind, answered in
 * this very object. OpenLDAP and 389 Directory Server tell the first and the last of it only to who typed the right password.
 */
export class PasswordPolicyControl extends Control {
  static readonly type = '1.3.6.1.4.1.42.2.27.8.5.1';
  state: PasswordState | null = null;

  constructor() {
    super(PasswordPolicyControl.type, { critical: false });
  }

  override parseControl(reader: BerReader): void {
    if (reader.remain === 0) return;
    reader.readSequence();
    if (reader.peek() === WARNING) {
      reader.readSequence(WARNING);
      const kind = reader.peek();
      if (kind !== null) reader.readString(kind, true);
    }
    if (reader.peek() !== ERROR) return;
    const error = reader.readString(ERROR, true);
    this.state = error?.length === 1 ? (states[error.readUInt8(0)] ?? null) : null;
  }
}
