import { Injectable } from '@nestjs/common';
import type { Page } from '#libs/contracts';
import type { TenantPerson } from '#libs/contracts/auth';
import { UserReadModel, type UserSearch } from '../user/user.read-model.js';
import { TenantEntry } from './tenant-entry.directory.js';

/** People of one tenant for an operator's eyes: enough to find the right one, and no more. */
@Injectable()
export class TenantPeople {
  constructor(
    private readonly entry: TenantEntry,
    private readonly users: UserReadModel,
  ) {}

  /** @throws TenantUnknown */
  async page(handle: string, search: UserSearch): Promise<Page<TenantPerson>> {
    const { items, nextCursor } = await this.entry.run(handle, async () => this.users.page(search));
    return { items: items.map(personView), nextCursor };
  }
}

export function personView({ id, email, name, role, status, lastLoginAt }: TenantPerson): TenantPerson {
  return { id, email, name, role, status, lastLoginAt };
}
