import type { Person } from './person.js';

/** The people of the tenant. Kept from the events of another service, so it may be a moment behind. */
export abstract class PersonRepository {
  /** Whoever is not known is left out. */
  abstract byIds(ids: readonly string[]): Promise<Person[]>;

  /** Addresses in lower case; whoever is not known is left out. */
  abstract byEmails(emails: readonly string[]): Promise<Person[]>;
}
