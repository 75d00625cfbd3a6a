import type { Upload, UploadPart } from './upload.js';

/** The uploads of the current tenant. */
export abstract class UploadRepository {
  abstract insert(upload: Upload): Promise<void>;

  abstract find(id: string): Promise<Upload | null>;

  /** As `find`, and nobody else changes it until the unit of work ends. */
  abstract lock(id: string): Promise<Upload | null>;

  /** Unfinished, newest first. */
  abstract unfinishedOf(owner: string): Promise<Upload[]>;

  abstract countUnfinished(): Promise<number>;

  /** In the order of their bytes. */
  abstract partsOf(id: string): Promise<UploadPart[]>;

  /** False where the upload has moved on, or is gone: the part is then nobody's. */
  abstract addPart(id: string, part: UploadPart, expiresAt: Date): Promise<boolean>;

  /** Notes the file that came of it and forgets the parts. */
  abstract finish(id: string, mediaId: string): Promise<void>;

  abstract remove(id: string): Promise<void>;

  /** Forgets finished ones that nobody can ask for any more. */
  abstract forgetFinished(before: Date): Promise<void>;
}
