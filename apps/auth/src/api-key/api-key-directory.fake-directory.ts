import { ApiKeyDirectory } from './api-key-directory.js';
import type { ApiKey } from './api-key.js';

/** What was published last of each key. */
export class FakeApiKeyDirectory extends ApiKeyDirectory {
  readonly published = new Map<string, ApiKey>();

  async publish(_tenantId: string, key: ApiKey): Promise<void> {
    this.published.set(key.prefix, key);
  }
}
