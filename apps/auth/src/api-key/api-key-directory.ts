import type { ApiKey } from './api-key.js';

/** Where the gateways look keys up: the directory of the platform. */
export abstract class ApiKeyDirectory {
  /**
   * Writes what the key is now. Repeating it does no harm, in whatever order: a key that is revoked there stays so.
   * @throws DomainError `directory.unavailable`
   */
  abstract publish(tenantId: string, key: ApiKey): Promise<void>;
}
