import { Injectable } from '@nestjs/common';
import { FreshReadModels } from '../freshness/fresh-read-models.js';
import type { Person } from './person.js';
import { PersonRepository } from './person.repository.js';

/** Looks people up, and once more when somebody is missing: he may have come a moment ago. */
@Injectable()
export class FindPeople {
  constructor(
    private readonly people: PersonRepository,
    private readonly readModels: FreshReadModels,
  ) {}

  async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const found = await this.twice(new Set(ids).size, async () => this.people.byIds(ids));
    return new Map(found.map((person) => [person.id, person]));
  }

  /** By e-mail address in lower case. */
  async byEmails(emails: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const found = await this.twice(new Set(emails).size, async () => this.people.byEmails(emails));
    return new Map(found.map((person) => [person.email, person]));
  }

  private async twice(wanted: number, look: () => Promise<Person[]>): Promise<Person[]> {
    if (wanted === 0) return [];
    const found = await look();
    if (found.length >= wanted) return found;
    await this.readModels.catchUp();
    return look();
  }
}
