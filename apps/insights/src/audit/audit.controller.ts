import { Controller } from '@nestjs/common';
import { Readable } from 'node:stream';
import { ExportAudit } from './export-audit.use-case.js';
import { exportAudit, listAudit, type AuditPage } from '#libs/contracts/insights';
import { Download, Endpoint, Input, type InputOf } from '#libs/service';
import { ListAudit } from './list-audit.use-case.js';

@Controller()
export class AuditController {
  constructor(
    private readonly listing: ListAudit,
    private readonly exporting: ExportAudit,
  ) {}

  @Endpoint(listAudit)
  async list(@Input() { query }: InputOf<typeof listAudit>): Promise<AuditPage> {
    const { limit, cursor, ...filter } = query;
    return this.listing.execute(filter, limit, cursor);
  }

  @Endpoint(exportAudit)
  export(@Input() { query }: InputOf<typeof exportAudit>): Download {
    const { format, ...filter } = query;
    const contentType = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
    return new Download(Readable.from(this.exporting.execute(filter, format)), {
      contentType,
      headers: {
        'content-disposition': `attachment; filename="audit.${format}"`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  }
}
