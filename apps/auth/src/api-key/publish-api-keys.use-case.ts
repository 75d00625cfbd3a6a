import { Injectable } from '@nestjs/common';
import { DomainError } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import { ApiKeyDirectory } from './api-key-directory.js';
import type { ApiKey } from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';

/**
 * Takes keys to the directory. It is tried at once after each change; where that fails, the event of the change has it
 * done later (see `reaction/`).
 */
@Injectable()
export class PublishApiKeys {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly directory: ApiKeyDirectory,
  ) {}

  /** The first attempt: a directory that is away is left to the second. */
  async now(keys: readonly ApiKey[]): Promise<void> {
    const { id } = currentTenant();
    const attempts = await Promise.allSettled(keys.map(async (key) => this.directory.publish(id, key)));
    for (const attempt of attempts) {
      if (attempt.status === 'rejected' && !(attempt.reason instanceof DomainError)) throw attempt.reason;
    }
  }

  /** The second: by what the database says now. @throws DomainError `directory.unavailable` */
  async byId(id: string): Promise<void> {
    const key = await this.keys.byId(id);
    if (key !== null) await this.directory.publish(currentTenant().id, key);
  }
}
