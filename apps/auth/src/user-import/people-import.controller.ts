import { Controller } from '@nestjs/common';
import {
  cancelPeopleImport,
  downloadPeopleImportErrors,
  listPeopleImportRows,
  listPeopleImports,
  showPeopleImport,
  startPeopleImport,
  uploadPeople,
} from '#libs/contracts/auth';
import { Download, Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { Readable } from 'node:stream';
import { CancelImport } from './cancel-import.use-case.js';
import { DownloadImportErrors } from './download-import-errors.use-case.js';
import { importView } from './people-import.js';
import { PeopleImportReadModel } from './people-import.read-model.js';
import { ShowImport } from './show-import.use-case.js';
import { StartImport } from './start-import.use-case.js';
import { UploadPeople } from './upload-people.use-case.js';

@Controller()
export class PeopleImportController {
  constructor(
    private readonly showing: ShowImport,
    private readonly model: PeopleImportReadModel,
    private readonly uploading: UploadPeople,
    private readonly starting: StartImport,
    private readonly cancelling: CancelImport,
    private readonly errors: DownloadImportErrors,
  ) {}

  @Endpoint(listPeopleImports)
  async list(
    @Input() { query }: InputOf<typeof listPeopleImports>,
  ): Promise<ResultOf<typeof listPeopleImports>> {
    return this.model.page(query.limit, query.cursor);
  }

  @Endpoint(uploadPeople)
  async upload(@Input() input: InputOf<typeof uploadPeople>): Promise<ResultOf<typeof uploadPeople>> {
    return importView(await this.uploading.execute(input.query.name, input.stream, input));
  }

  @Endpoint(showPeopleImport)
  async show(
    @Input() { params }: InputOf<typeof showPeopleImport>,
  ): Promise<ResultOf<typeof showPeopleImport>> {
    return importView(await this.showing.execute(params.importId));
  }

  @Endpoint(listPeopleImportRows)
  async rows(
    @Input() { params, query }: InputOf<typeof listPeopleImportRows>,
  ): Promise<ResultOf<typeof listPeopleImportRows>> {
    return this.model.rows(await this.showing.execute(params.importId), query);
  }

  @Endpoint(startPeopleImport)
  async start(
    @Input() { params, body }: InputOf<typeof startPeopleImport>,
  ): Promise<ResultOf<typeof startPeopleImport>> {
    return importView(await this.starting.execute(params.importId, body.invitations));
  }

  @Endpoint(cancelPeopleImport)
  async cancel(
    @Input() { params }: InputOf<typeof cancelPeopleImport>,
  ): Promise<ResultOf<typeof cancelPeopleImport>> {
    return importView(await this.cancelling.execute(params.importId));
  }

  @Endpoint(downloadPeopleImportErrors)
  async download(@Input() { params }: InputOf<typeof downloadPeopleImportErrors>): Promise<Download> {
    const { fileName, lines } = await this.errors.execute(params.importId);
    return new Download(Readable.from(lines), {
      contentType: 'text/csv; charset=utf-8',
      headers: {
        'content-disposition': `attachment; filename="${fileName}"`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  }
}
