import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#libs/contracts';
import type { ScimStatus } from '#libs/contracts/auth';
import { Clock } from '#libs/kernel';
import { z } from 'zod';
import { TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { ScimRepository } from './scim.repository.js';
import { scimTokenView } from './scim-token.js';
import { ScimTokenRepository } from './scim-token.repository.js';

const place = z.strictObject({ before: z.uuid() });

/** How provisioning goes, for the people who look after the academy. */
@Injectable()
export class ShowScimStatus {
  constructor(
    private readonly scim: ScimRepository,
    private readonly repository: ScimTokenRepository,
    private readonly profiles: TenantProfiles,
    private readonly clock: Clock,
  ) {}

  /** Where identity providers ask: at a host that is proved to be the academy's. */
  async base(site: RequestSite): Promise<string> {
    return `${await this.profiles.linkOrigin(site)}/scim/v2`;
  }

  async execute(site: RequestSite): Promise<ScimStatus> {
    const [counts, lastUse, failures] = await Promise.all([
      this.scim.counts(),
      this.repository.lastUse(),
      this.repository.failures(),
    ]);
    return {
      ...counts,
      baseUrl: await this.base(site),
      lastRequestAt: lastUse?.toISOString() ?? null,
      failures: failures.map(({ at, ...failure }) => ({ ...failure, at: at.toISOString() })),
    };
  }

  async tokens({ limit, cursor }: { limit: number; cursor?: string | undefined }) {
    const before = cursor === undefined ? null : decodeCursor(cursor, place).before;
    const rows = await this.repository.page(limit + 1, before);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const now = this.clock.now();
    return {
      items: items.map((token) => scimTokenView(token, now)),
      nextCursor: last === undefined ? null : encodeCursor({ before: last.id }),
    };
  }
}
