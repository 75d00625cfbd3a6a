import type { Upload, UploadPart } from './upload.js';
import { UploadRepository } from './upload.repository.js';

export class FakeUploadRepository extends UploadRepository {
  readonly uploads = new Map<string, Upload>();
  readonly parts = new Map<string, UploadPart[]>();

  async insert(upload: Upload): Promise<void> {
    this.uploads.set(upload.id, upload);
  }

  async find(id: string): Promise<Upload | null> {
    return this.uploads.get(id) ?? null;
  }

  async lock(id: string): Promise<Upload | null> {
    return this.find(id);
  }

  async unfinishedOf(owner: string): Promise<Upload[]> {
    return [...this.uploads.values()].filter((upload) => upload.owner === owner && upload.mediaId === null);
  }

  async countUnfinished(): Promise<number> {
    return [...this.uploads.values()].filter(({ mediaId }) => mediaId === null).length;
  }

  async partsOf(id: string): Promise<UploadPart[]> {
    return this.parts.get(id) ?? [];
  }

  async addPart(id: string, part: UploadPart, expiresAt: Date): Promise<boolean> {
    const upload = this.uploads.get(id);
    if (upload?.received !== part.firstByte) return false;
    this.parts.set(id, [...(this.parts.get(id) ?? []), part]);
    const received = upload.received + part.bytes;
    this.uploads.set(id, { ...upload, received, parts: upload.parts + 1, expiresAt });
    return true;
  }

  async finish(id: string, mediaId: string): Promise<void> {
    const upload = this.uploads.get(id);
    if (upload !== undefined) this.uploads.set(id, { ...upload, mediaId });
    this.parts.delete(id);
  }

  async remove(id: string): Promise<void> {
    this.uploads.delete(id);
    this.parts.delete(id);
  }

  async forgetFinished(before: Date): Promise<void> {
    for (const [id, { mediaId, expiresAt }] of this.uploads) {
      if (mediaId !== null && expiresAt < before) this.uploads.delete(id);
    }
  }
}
