import { Injectable } from '@nestjs/common';
import type { EventDefinition } from '#libs/contracts';
import { Clock, newId } from '#libs/kernel';
import { currentContext } from '#libs/tenancy';
import type { z } from 'zod';
import { DirectoryEvents } from './directory-events.js';
import { PgDirectory } from './directory.pg-repository.js';

const INSERT = `
  INSERT INTO directory.outbox
    (id, tenant_id, type, version, subject, payload, actor, origin, correlation_id, occurred_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

@Injectable()
export class PgDirectoryEvents extends DirectoryEvents {
  constructor(
    private readonly directory: PgDirectory,
    private readonly clock: Clock,
  ) {
    super();
  }

  async append<P extends z.ZodType>(
    tenantId: string,
    { type, version, payload: schema }: EventDefinition<P>,
    subject: string,
    payload: z.input<P>,
  ): Promise<void> {
    const { actor, ip, userAgent, requestId } = currentContext();
    await this.directory.query(INSERT, [
      newId(),
      tenantId,
      type,
      version,
      subject,
      JSON.stringify(schema.parse(payload)),
      JSON.stringify({ kind: actor.kind, id: actor.id, by: actor.by?.id ?? null }),
      JSON.stringify({ ip, userAgent }),
      requestId,
      this.clock.now(),
    ]);
  }
}
