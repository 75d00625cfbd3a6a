import type { EventDefinition } from '#libs/contracts';
import type { z } from 'zod';

/** Facts about a tenant that the directory holds. They wait in its outbox until the tenant's own log has them. */
export abstract class DirectoryEvents {
  /** In the transaction around it. `subject` is the id of the thing that the event is about. */
  abstract append<P extends z.ZodType>(
    tenantId: string,
    event: EventDefinition<P>,
    subject: string,
    payload: z.input<P>,
  ): Promise<void>;
}
