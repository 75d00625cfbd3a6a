import { Injectable } from '@nestjs/common';
import { TenantCache } from '#libs/cache';
import { erasureCompleted, userErased, type ErasingService } from '#libs/contracts/auth';
import { coursesPersonErased } from '#libs/contracts/courses';
import { insightsPersonErased } from '#libs/contracts/insights';
import { mediaPersonErased } from '#libs/contracts/media';
import {
  defineProjection,
  EventLog,
  forgetPublished,
  isPublishedUpTo,
  type Projection,
  type StoredEventOf,
} from '#libs/events';
import { Clock, DomainError } from '#libs/kernel';
import { TenantDatabase } from '#libs/sharding';
import { Redis } from 'ioredis';
import { isWhole } from './erasure.js';
import { ErasureRepository } from './erasure.repository.js';

const events = [userErased, coursesPersonErased, mediaPersonErased, insightsPersonErased] as const;
type Event = StoredEventOf<(typeof events)[number]>;
type Acknowledgement = Exclude<Event, StoredEventOf<typeof userErased>>;

/** Takes an erased person out of Redis, and keeps the record of which services have let go of him. */
@Injectable()
export class ErasureReactions {
  readonly projection: Projection = defineProjection({
    name: 'auth.erasure',
    tables: [],
    events,
    apply: async (event) =>
      event.type === 'auth.user.erased' ? this.forget(event) : this.acknowledge(event),
  });

  constructor(
    private readonly erasures: ErasureRepository,
    private readonly database: TenantDatabase,
    private readonly redis: Redis,
    private readonly cache: TenantCache,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /** What was read from the log before may still be on its way to the stream: first that arrives, then it goes. */
  private async forget({ tenantId, position, payload }: StoredEventOf<typeof userErased>): Promise<void> {
    if (!(await isPublishedUpTo(this.database, position))) {
      throw new DomainError(
        'unavailable',
        'erasure.unpublished',
        'Events about the person are being published.',
      );
    }
    try {
      await forgetPublished(this.redis, { tenantId, userId: payload.userId, before: position });
    } catch (cause) {
      throw new DomainError('unavailable', 'erasure.redis_away', 'Redis does not answer.', { cause });
    }
    await this.cache.invalidateTenant();
  }

  private async acknowledge({ type, payload, occurredAt }: Acknowledgement): Promise<void> {
    const { erasureId, userId, rows } = payload;
    const part = { service: serviceOf(type), rows, doneAt: occurredAt };
    const erasure = await this.erasures.acknowledge(erasureId, part);
    if (erasure.completedAt !== null || !isWhole(erasure)) return;
    // Once more: what a service was about to say of the person while he was erased.
    await this.erasures.redactLog(userId);
    await this.erasures.complete(erasureId, this.clock.now());
    const touched = erasure.parts.reduce((sum, done) => sum + done.rows, 0);
    await this.log.append(erasureCompleted, userId, { erasureId, userId, rows: touched });
  }
}

function serviceOf(type: Acknowledgement['type']): ErasingService {
  switch (type) {
    case 'courses.person.erased':
      return 'courses';
    case 'media.person.erased':
      return 'media';
    case 'insights.person.erased':
      return 'insights';
  }
}
