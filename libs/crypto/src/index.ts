export { KeyProvider } from './key-provider.js';
export { LocalKeyProvider } from './local-key-provider.js';
export { TenantCipher } from './tenant-cipher.js';
export { equalSecrets, hmacSha256, randomToken, sha256 } from './tokens.js';
export { WrappedKeyStore, type WrappedKey } from './wrapped-key-store.js';
