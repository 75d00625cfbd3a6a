import { Controller } from '@nestjs/common';
import {
  abortUpload,
  beginUpload,
  continueUpload,
  listUploads,
  showUpload,
  TUS_VERSION,
  tusHeaders,
} from '#libs/contracts/media';
import { Endpoint, Input, Reply, type InputOf, type ResultOf } from '#libs/service';
import { AbortUpload } from './abort-upload.use-case.js';
import { BeginUpload } from './begin-upload.use-case.js';
import { ContinueUpload } from './continue-upload.use-case.js';
import { announcedIn, offsetIn } from './upload-headers.js';
import { viewOf, type Upload } from './upload.js';

/** The tus protocol over our own routes: what a part is, these use cases decide. */
@Controller()
export class UploadController {
  constructor(
    private readonly beginUpload: BeginUpload,
    private readonly continueUpload: ContinueUpload,
    private readonly abortUpload: AbortUpload,
  ) {}

  @Endpoint(beginUpload)
  async begin(@Input() { headers }: InputOf<typeof beginUpload>): Promise<ResultOf<typeof beginUpload>> {
    const upload = await this.beginUpload.execute(announcedIn(headers));
    return new Reply(viewOf(upload), {
      headers: { ...stateOf(upload), location: `/api/v1/media/uploads/${upload.id}` },
    });
  }

  @Endpoint(listUploads)
  async list(): Promise<ResultOf<typeof listUploads>> {
    return { items: (await this.continueUpload.unfinished()).map(viewOf) };
  }

  @Endpoint(showUpload)
  async show(@Input() { params }: InputOf<typeof showUpload>): Promise<ResultOf<typeof showUpload>> {
    const upload = await this.continueUpload.find(params.uploadId);
    return new Reply(viewOf(upload), { headers: { ...stateOf(upload), 'cache-control': 'no-store' } });
  }

  @Endpoint(continueUpload)
  async continue(
    @Input() { params, headers, stream }: InputOf<typeof continueUpload>,
  ): Promise<ResultOf<typeof continueUpload>> {
    const upload = await this.continueUpload.execute(params.uploadId, offsetIn(headers), stream);
    return new Reply(undefined, { headers: stateOf(upload) });
  }

  @Endpoint(abortUpload)
  async abort(@Input() { params }: InputOf<typeof abortUpload>): Promise<undefined> {
    await this.abortUpload.execute(params.uploadId);
  }
}

function stateOf({ bytes, received, expiresAt }: Upload): Record<string, string> {
  return {
    [tusHeaders.resumable]: TUS_VERSION,
    [tusHeaders.length]: String(bytes),
    [tusHeaders.offset]: String(received),
    [tusHeaders.expires]: expiresAt.toUTCString(),
  };
}
