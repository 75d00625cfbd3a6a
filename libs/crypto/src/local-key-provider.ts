import { KeyProvider } from './key-provider.js';
import { CannotDecrypt, open, seal } from './sealed-box.js';
import { deriveKey } from './tokens.js';

const ID_BYTES = 4;

interface LocalKey {
  readonly id: Buffer;
  readonly key: Buffer;
}

function localKey(masterKey: Buffer): LocalKey {
  if (masterKey.length !== 32) throw new Error('A master key has 32 bytes.');
  return {
    id: deriveKey(masterKey, 'key-id').subarray(0, ID_BYTES),
    key: deriveKey(masterKey, 'key-encryption'),
  };
}

/** Keys from the configuration. The first wraps; the older ones only open what they wrapped before. */
export class LocalKeyProvider extends KeyProvider {
  private readonly current: LocalKey;
  private readonly keys: readonly LocalKey[];

  constructor(masterKey: Buffer, olderKeys: readonly Buffer[] = []) {
    super();
    this.current = localKey(masterKey);
    this.keys = [this.current, ...olderKeys.map(localKey)];
  }

  async wrap(secret: Buffer, context: string): Promise<Buffer> {
    return Buffer.concat([this.current.id, seal(this.current.key, secret, context)]);
  }

  async unwrap(wrapped: Buffer, context: string): Promise<Buffer> {
    const id = wrapped.subarray(0, ID_BYTES);
    const found = this.keys.find((candidate) => candidate.id.equals(id));
    if (found === undefined) throw new CannotDecrypt('The master key that wrapped this is not known here.');
    return open(found.key, wrapped.subarray(ID_BYTES), context);
  }
}
