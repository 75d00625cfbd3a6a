import type { PersonalData } from '#libs/contracts';
import type { ErasingService } from '#libs/contracts/auth';

/** What every service holds about a person. */
export type PersonalParts = Readonly<Record<ErasingService, PersonalData>>;

export abstract class PersonalPartsSource {
  /** @throws DomainError `service.unavailable` where a part cannot be had: all, or none */
  abstract of(userId: string): Promise<PersonalParts>;
}
