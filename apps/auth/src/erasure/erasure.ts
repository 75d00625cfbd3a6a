import { erasingServices, type Erasure as ErasureView, type ErasingService } from '#libs/contracts/auth';
import type { Actor } from '#libs/tenancy';

/** A person who is to be forgotten, and how far that has come. */
export interface Erasure {
  readonly id: string;
  readonly userId: string;
  readonly requestedKind: Actor['kind'];
  readonly requestedBy: string | null;
  readonly requestedAt: Date;
  readonly completedAt: Date | null;
  readonly parts: readonly ErasurePart[];
}

export interface ErasurePart {
  readonly service: ErasingService;
  readonly rows: number;
  readonly doneAt: Date;
}

/** Every service has said that it let go of the person. */
export function isWhole({ parts }: Pick<Erasure, 'parts'>): boolean {
  return erasingServices.every((service) => parts.some((part) => part.service === service));
}

export function erasureView(erasure: Erasure): ErasureView {
  const { id, userId, requestedKind, requestedBy, requestedAt, completedAt, parts } = erasure;
  return {
    ...{ id, userId, requestedBy: { kind: requestedKind, id: requestedBy } },
    requestedAt: requestedAt.toISOString(),
    completedAt: completedAt?.toISOString() ?? null,
    parts: erasingServices.map((service) => {
      const part = parts.find((done) => done.service === service);
      return { service, rows: part?.rows ?? null, doneAt: part?.doneAt.toISOString() ?? null };
    }),
  };
}
