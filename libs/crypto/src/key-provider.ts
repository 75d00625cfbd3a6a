/**
 * Keeps the keys that encrypt keys (a file, Vault transit, AWS KMS). What it wraps is small: data keys, signing keys.
 * `context` says what the secret is; a wrapped secret opens under its own context only.
 */
export abstract class KeyProvider {
  abstract wrap(secret: Buffer, context: string): Promise<Buffer>;

  /** @throws CannotDecrypt when it was not wrapped here, or under another context. */
  abstract unwrap(wrapped: Buffer, context: string): Promise<Buffer>;
}
