import type { Person } from './person.js';
import { PersonRepository } from './person.repository.js';

export class FakePersonRepository extends PersonRepository {
  readonly people: Person[] = [];

  async byIds(ids: readonly string[]): Promise<Person[]> {
    return this.people.filter(({ id }) => ids.includes(id));
  }

  async byEmails(emails: readonly string[]): Promise<Person[]> {
    return this.people.filter(({ email }) => emails.includes(email));
  }
}
