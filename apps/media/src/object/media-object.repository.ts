import type { Page } from '#libs/contracts';
import type { MediaKind } from '#libs/contracts/media';
import type { StoredObject } from './media-object.js';

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Part of the name. */
  readonly q?: string | undefined;
  readonly kind?: MediaKind | undefined;
}

/** The objects of the current tenant. */
export abstract class MediaObjectRepository {
  abstract insert(object: StoredObject): Promise<void>;
  abstract find(id: string): Promise<StoredObject | null>;
  /** Newest first. @throws DomainError `request.cursor_invalid` */
  abstract list(page: PageRequest): Promise<Page<StoredObject>>;
  /** Removes and returns the object, or null when it is gone already. */
  abstract remove(id: string): Promise<StoredObject | null>;
}
