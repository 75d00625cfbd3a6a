import { Injectable } from '@nestjs/common';
import type { PersonalData } from '#libs/contracts';
import { readCoursesPersonalData } from '#libs/contracts/courses';
import { readInsightsPersonalData } from '#libs/contracts/insights';
import { readMediaPersonalData } from '#libs/contracts/media';
import { readPersonalRecords, ServiceClient } from '#libs/service';
import { TenantDatabase } from '#libs/sharding';
import { currentTenant, runAsService } from '#libs/tenancy';
import { personalRecords } from './personal-data.records.js';
import { PersonalPartsSource, type PersonalParts } from './personal-parts.js';

/** Its own part from the database, the others' from the services. */
@Injectable()
export class HttpPersonalPartsSource extends PersonalPartsSource {
  constructor(
    private readonly database: TenantDatabase,
    private readonly services: ServiceClient,
  ) {
    super();
  }

  async of(userId: string): Promise<PersonalParts> {
    const request = { params: { userId } };
    const [auth, [courses, media, insights]] = await Promise.all([
      this.own(userId),
      runAsService(currentTenant(), 'auth', async () =>
        Promise.all([
          this.services.call(readCoursesPersonalData, request),
          this.services.call(readMediaPersonalData, request),
          this.services.call(readInsightsPersonalData, request),
        ]),
      ),
    ]);
    return { auth, courses, media, insights };
  }

  private async own(userId: string): Promise<PersonalData> {
    return this.database.run(async () =>
      readPersonalRecords(personalRecords, async (sql, values) => this.database.query(sql, values), userId),
    );
  }
}
