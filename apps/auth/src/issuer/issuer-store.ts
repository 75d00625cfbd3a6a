import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { currentTenant } from '#libs/tenancy';
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import { AppRepository } from '../app/app.repository.js';
import { accountRefOf } from './app-account.js';
import { AppGrants, type KeptGrant } from './app-grants.js';
import { clientOf } from './app-client.js';
import { PassingGrants } from './passing-grants.js';
import { RecordEntry } from './record-entry.use-case.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What these are found by is itself the key: it is not written down again. */
const bearer = new Set(['AuthorizationCode', 'AccessToken', 'RefreshToken', 'Session', 'Interaction']);

/** What the library keeps, by kind: what must last in the tenant's shard (ADR 0013), the rest in Redis. */
@Injectable()
export class IssuerStore {
  constructor(
    private readonly apps: AppRepository,
    private readonly grants: AppGrants,
    private readonly passing: PassingGrants,
    private readonly entries: RecordEntry,
    private readonly clock: Clock,
  ) {}

  /** Of one tenant: asked for in the context of another, it refuses. */
  adaptersOf(tenantId: string): (kind: string) => Adapter {
    const inside = <R>(work: () => Promise<R>): Promise<R> => {
      if (currentTenant().id === tenantId) return work();
      throw new Error('The provider of one academy was asked in the name of another.');
    };
    return (kind) => ({
      upsert: (id, payload, seconds) => inside(() => this.put(kind, id, payload, seconds ?? 0)),
      find: (id) => inside(() => this.find(kind, id)),
      consume: (id) => inside(() => this.consume(kind, id)),
      destroy: (id) => inside(() => this.remove(kind, id)),
      revokeByGrantId: (grantId) => inside(() => this.removeGrant(grantId)),
      // Only what is switched off asks for these.
      findByUid: async () => undefined,
      findByUserCode: async () => undefined,
    });
  }

  /** All that came of one permission is void. */
  async removeGrant(grantId: string): Promise<void> {
    await Promise.all([this.grants.removeGrant(grantId), this.passing.removeGrant(grantId)]);
  }

  private async put(kind: string, id: string, payload: AdapterPayload, seconds: number): Promise<void> {
    const { jti, ...rest } = payload;
    const kept = bearer.has(kind) ? rest : payload;
    if (kind === 'AuthorizationCode') await this.enter(payload);
    // The library looks whether it knows an assertion and then writes it down: of two at once both would pass.
    if (kind === 'ReplayDetection' && !(await this.passing.consume(kind, id))) {
      throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
    }
    if (!isLasting(kind)) return this.passing.put(kind, id, kept, seconds, payload.grantId);
    const userId = accountRefOf(payload.accountId)?.userId;
    const { clientId: appId } = payload;
    if (userId === undefined || appId === undefined) {
      throw new Error(`A ${kind} is of somebody and of an app.`);
    }
    await this.grants.put({
      ...{ kind, id, appId, userId, grantId: payload.grantId ?? jti ?? id, payload: { ...kept } },
      expiresAt: new Date(this.clock.now().getTime() + seconds * 1000),
    });
  }

  private async enter({ clientId, accountId, sid, scope }: AdapterPayload): Promise<void> {
    if (clientId === undefined || accountId === undefined || sid === undefined) return;
    await this.entries.execute({ appId: clientId, accountId, sid, scopes: (scope ?? '').split(' ') });
  }

  private async find(kind: string, id: string): Promise<AdapterPayload | undefined> {
    if (kind === 'Client') {
      const app = UUID.test(id) ? await this.apps.byId(id) : null;
      return app?.enabled === true ? clientOf(app) : undefined;
    }
    const found = await (isLasting(kind) ? this.grants.find(kind, id) : this.passing.find(kind, id));
    if (found === null) return undefined;
    return bearer.has(kind) ? { ...found, jti: id } : found;
  }

  /** Atomic: of two who show the same at once, the second is treated as who shows it again. */
  private async consume(kind: string, id: string): Promise<void> {
    const store = isLasting(kind) ? this.grants : this.passing;
    if (await store.consume(kind as KeptGrant['kind'], id)) return;
    const grantId = (await this.find(kind, id))?.grantId;
    if (grantId !== undefined) await this.removeGrant(grantId);
    throw new errors.InvalidGrant(`${kind} already used`);
  }

  private async remove(kind: string, id: string): Promise<void> {
    await (isLasting(kind) ? this.grants.remove(kind, id) : this.passing.remove(kind, id));
  }
}

function isLasting(kind: string): kind is KeptGrant['kind'] {
  return kind === 'Grant' || kind === 'RefreshToken';
}
