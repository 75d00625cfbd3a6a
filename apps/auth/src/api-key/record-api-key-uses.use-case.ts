import { Injectable } from '@nestjs/common';
import { ApiKeyRepository } from './api-key.repository.js';

/** Notes when keys were last used; the gateways tell about once a minute. */
@Injectable()
export class RecordApiKeyUses {
  constructor(private readonly keys: ApiKeyRepository) {}

  async execute(uses: readonly { readonly prefix: string; readonly lastUsedAt: string }[]): Promise<void> {
    await this.keys.recordUses(uses);
  }
}
