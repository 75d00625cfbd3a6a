import { Injectable } from '@nestjs/common';
import type { PersonalData } from '#libs/contracts';
import { readPersonalRecords } from '#libs/service';
import { TenantDatabase } from '#libs/sharding';
import { insightsPersonal } from './personal-data.records.js';

/** All that insights holds about a person, as of one moment. */
@Injectable()
export class PersonalDataReader {
  constructor(private readonly database: TenantDatabase) {}

  async of(userId: string): Promise<PersonalData> {
    const { records } = insightsPersonal;
    return this.database.run(async () =>
      readPersonalRecords(records, async (sql, values) => this.database.query(sql, values), userId),
    );
  }
}
