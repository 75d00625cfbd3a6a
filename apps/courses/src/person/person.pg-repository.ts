import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { Person } from './person.js';
import { PersonRepository } from './person.repository.js';

const byIds = 'SELECT id, name, email, role, status FROM courses.people WHERE id = ANY ($1::uuid[])';
const byEmails = 'SELECT id, name, email, role, status FROM courses.people WHERE email = ANY ($1::text[])';

@Injectable()
export class PgPersonRepository extends PersonRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async byIds(ids: readonly string[]): Promise<Person[]> {
    return this.database.query<Person>(byIds, [ids]);
  }

  async byEmails(emails: readonly string[]): Promise<Person[]> {
    return this.database.query<Person>(byEmails, [emails]);
  }
}
