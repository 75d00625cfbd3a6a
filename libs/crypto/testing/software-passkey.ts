import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

interface Site {
  readonly origin: string;
  readonly rpId: string;
}

/** What a passkey is made to say that is not so. */
export interface Lies {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly counter?: number;
  readonly userVerified?: boolean;
  readonly type?: string;
  readonly userHandle?: string;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

/** An authenticator in software (WebAuthn level 3, ES256, no attestation), which also lies where it is told to. */
export class SoftwarePasskey {
  readonly credentialId = randomBytes(32).toString('base64url');
  private readonly key: KeyObject;
  private readonly cose: Buffer;
  counter = 0;

  constructor(private readonly site: Site) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.key = privateKey;
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const coordinate = (name: number, value: string) => [
      Buffer.from([name, 0x58, 0x20]),
      Buffer.from(value, 'base64url'),
    ];
    // COSE_Key: kty EC2, alg ES256, crv P-256, x, y.
    this.cose = Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]),
      ...coordinate(0x21, x),
      ...coordinate(0x22, y),
    ]);
  }

  /** As `navigator.credentials.create` answers. */
  register(challenge: string, lies: Lies = {}) {
    const id = Buffer.from(this.credentialId, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, this.cose]);
    const data = Buffer.concat([this.authenticatorData(lies, ATTESTED), attested]);
    const size = Buffer.alloc(2);
    size.writeUInt16BE(data.length);
    // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3, 0x63]),
      Buffer.from('fmt'),
      Buffer.from([0x64]),
      Buffer.from('none'),
      Buffer.from([0x67]),
      Buffer.from('attStmt'),
      Buffer.from([0xa0, 0x68]),
      Buffer.from('authData'),
      Buffer.from([0x59]),
      size,
      data,
    ]);
    return {
      ...this.shared(),
      response: {
        clientDataJSON: this.clientData('webauthn.create', challenge, lies).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** As `navigator.credentials.get` answers. */
  assert(challenge: string, lies: Lies = {}) {
    this.counter += 1;
    const clientData = this.clientData('webauthn.get', challenge, lies);
    const data = this.authenticatorData(lies, 0);
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    return {
      ...this.shared(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, this.key).toString('base64url'),
        ...(lies.userHandle === undefined ? {} : { userHandle: lies.userHandle }),
      },
    };
  }

  private shared() {
    const type = 'public-key' as const;
    return { id: this.credentialId, rawId: this.credentialId, type, clientExtensionResults: {} };
  }

  private clientData(type: string, challenge: string, lies: Lies): Buffer {
    const said = { type: lies.type ?? type, challenge: lies.challenge ?? challenge };
    return Buffer.from(
      JSON.stringify({ ...said, origin: lies.origin ?? this.site.origin, crossOrigin: false }),
    );
  }

  private authenticatorData({ rpId, counter, userVerified = true }: Lies, extra: number): Buffer {
    const hash = createHash('sha256')
      .update(rpId ?? this.site.rpId)
      .digest();
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? this.counter);
    return Buffer.concat([
      hash,
      Buffer.from([USER_PRESENT | (userVerified ? USER_VERIFIED : 0) | extra]),
      count,
    ]);
  }
}
