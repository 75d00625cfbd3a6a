import { DomainError } from '#libs/kernel';
import type { TenantDatabase } from '#libs/sharding';

export interface RememberedAnswer {
  readonly body: unknown;
  readonly etag: string | number | null;
  readonly status: number | null;
}

/** Remembers what was answered to a key, in the transaction of the effect itself. */
export class IdempotencyKeys {
  constructor(private readonly database: TenantDatabase) {}

  /** @throws DomainError `request.idempotency_key_reused` when the key came with another request before. */
  async once(
    key: string,
    request: string,
    work: () => Promise<RememberedAnswer>,
  ): Promise<{ answer: RememberedAnswer; replayed: boolean }> {
    return this.database.run(async () => {
      // A second request with the key waits here until the first has committed or rolled back.
      const claimed = await this.database.query<{ id: string }>(
        `insert into requests.idempotency_keys (tenant_id, id, request) values (app.current_tenant(), $1, $2)
         on conflict (tenant_id, id) do nothing returning id`,
        [key, request],
      );
      if (claimed.length === 0) return { answer: await this.remembered(key, request), replayed: true };
      const answer = await work();
      await this.database.query('update requests.idempotency_keys set answer = $2 where id = $1', [
        key,
        JSON.stringify(answer),
      ]);
      return { answer, replayed: false };
    });
  }

  private async remembered(key: string, request: string): Promise<RememberedAnswer> {
    const [row] = await this.database.query<{ request: string; answer: RememberedAnswer | null }>(
      'select request, answer from requests.idempotency_keys where id = $1',
      [key],
    );
    if (row?.request !== request || row.answer === null) {
      throw new DomainError(
        'conflict',
        'request.idempotency_key_reused',
        'This Idempotency-Key belongs to another request; take a new one.',
      );
    }
    return row.answer;
  }
}
