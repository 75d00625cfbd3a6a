import { Controller } from '@nestjs/common';
import { deleteMedia, downloadMedia, getMedia, listMedia, uploadMedia } from '#libs/contracts/media';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { DeleteMedia } from './delete-media.use-case.js';
import { DownloadMedia } from './download-media.use-case.js';
import { FindMedia } from './find-media.use-case.js';
import { downloadOf } from './media.download.js';
import { viewOf } from './media-view.js';
import { UploadMedia } from './upload-media.use-case.js';

@Controller()
export class MediaObjectController {
  constructor(
    private readonly uploadMedia: UploadMedia,
    private readonly findMedia: FindMedia,
    private readonly downloadMedia: DownloadMedia,
    private readonly deleteMedia: DeleteMedia,
  ) {}

  @Endpoint(uploadMedia)
  async upload(
    @Input() { query, stream, headers }: InputOf<typeof uploadMedia>,
  ): Promise<ResultOf<typeof uploadMedia>> {
    const announced = headers['content-length'];
    const announcedBytes = announced === undefined ? null : Number(announced);
    return viewOf(await this.uploadMedia.execute({ name: query.name, content: stream, announcedBytes }));
  }

  @Endpoint(listMedia)
  async list(@Input() { query }: InputOf<typeof listMedia>): Promise<ResultOf<typeof listMedia>> {
    const { items, nextCursor } = await this.findMedia.page(query);
    return { items: items.map(viewOf), nextCursor };
  }

  @Endpoint(getMedia)
  async get(@Input() { params }: InputOf<typeof getMedia>): Promise<ResultOf<typeof getMedia>> {
    return viewOf(await this.findMedia.one(params.mediaId));
  }

  @Endpoint(downloadMedia)
  async download(
    @Input() { params, headers }: InputOf<typeof downloadMedia>,
  ): Promise<ResultOf<typeof downloadMedia>> {
    const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = headers;
    return downloadOf(await this.downloadMedia.execute(params.mediaId, { range, ifRange, ifNoneMatch }));
  }

  @Endpoint(deleteMedia)
  async delete(@Input() { params }: InputOf<typeof deleteMedia>): Promise<void> {
    await this.deleteMedia.execute(params.mediaId);
  }
}
