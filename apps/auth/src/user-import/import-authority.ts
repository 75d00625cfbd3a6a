import { Injectable } from '@nestjs/common';
import { permissionsOfRole, type Permission, type Role } from '#libs/contracts';
import { Clock } from '#libs/kernel';
import { anonymous, type Actor } from '#libs/tenancy';
import { ApiKeyRepository } from '../api-key/api-key.repository.js';
import { UserRepository } from '../user/user.repository.js';
import type { PeopleImport } from './people-import.js';

/** What whoever uploaded the file may do today: a job has the rights of its day, not of the day on which it was asked for. */
@Injectable()
export class ImportAuthority {
  constructor(
    private readonly users: UserRepository,
    private readonly keys: ApiKeyRepository,
    private readonly clock: Clock,
  ) {}

  /** Null when he may manage people no more. */
  async of({ actorKind: kind, actorId: id, actorName: name }: PeopleImport): Promise<Actor | null> {
    const rights = id === null ? null : await this.rightsOf(kind, id);
    if (rights?.permissions.includes('users.manage') !== true) return null;
    return { ...anonymous, kind, id, name, ...rights };
  }

  private async rightsOf(
    kind: Actor['kind'],
    id: string,
  ): Promise<{ role: Role; permissions: readonly Permission[] } | null> {
    if (kind === 'operator') return { role: 'admin', permissions: permissionsOfRole('admin') };
    if (kind === 'user') {
      const user = await this.users.byId(id);
      return user?.status === 'active'
        ? { role: user.role, permissions: permissionsOfRole(user.role) }
        : null;
    }
    const key = kind === 'api_key' ? await this.keys.byPrefix(id) : null;
    if (key?.revokedAt !== null) return null;
    if (key.expiresAt !== null && key.expiresAt <= this.clock.now()) return null;
    const ofRole = permissionsOfRole(key.role);
    return { role: key.role, permissions: key.scopes.filter((scope) => ofRole.includes(scope)) };
  }
}
