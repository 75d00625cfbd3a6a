import { Injectable } from '@nestjs/common';
import { digestUsers, importUsers, type UserImportRow, type UsersDigest } from '#libs/contracts/auth';
import { ServiceClient } from '#libs/service';
import { People } from './people.js';

@Injectable()
export class HttpPeople extends People {
  constructor(private readonly client: ServiceClient) {
    super();
  }

  async import(rows: readonly UserImportRow[]): Promise<void> {
    await this.client.call(importUsers, { body: { rows: [...rows] } });
  }

  async digest(): Promise<UsersDigest> {
    return this.client.call(digestUsers);
  }
}
