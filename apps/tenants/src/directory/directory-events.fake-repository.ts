import type { EventDefinition } from '#libs/contracts';
import type { z } from 'zod';
import { DirectoryEvents } from './directory-events.js';

export class FakeDirectoryEvents extends DirectoryEvents {
  readonly appended: { tenantId: string; type: string; subject: string; payload: unknown }[] = [];

  async append<P extends z.ZodType>(
    tenantId: string,
    { type, payload: schema }: EventDefinition<P>,
    subject: string,
    payload: z.input<P>,
  ): Promise<void> {
    this.appended.push({ tenantId, type, subject, payload: schema.parse(payload) });
  }

  get types(): string[] {
    return this.appended.map(({ type }) => type);
  }
}
