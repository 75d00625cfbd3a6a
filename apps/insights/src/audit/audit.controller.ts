import { Controller } from '@nestjs/common';
import { listAudit, type AuditPage } from '#libs/contracts/insights';
import { Endpoint, Input, type InputOf } from '#libs/service';
import { ListAudit } from './list-audit.use-case.js';

@Controller()
export class AuditController {
  constructor(private readonly listing: ListAudit) {}

  @Endpoint(listAudit)
  async list(@Input() { query }: InputOf<typeof listAudit>): Promise<AuditPage> {
    const { limit, cursor, ...filter } = query;
    return this.listing.execute(filter, limit, cursor);
  }
}
