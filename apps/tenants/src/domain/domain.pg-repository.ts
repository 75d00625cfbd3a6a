import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '#libs/database';
import { In, LessThan } from 'typeorm';
import { PgDirectory } from '../directory/directory.pg-repository.js';
import { DomainEntity } from './domain.entity.js';
import { DomainTaken } from './domain.errors.js';
import { DomainRepository } from './domain.repository.js';
import type { Domain } from './domain.js';

@Injectable()
export class PgDomainRepository extends DomainRepository {
  constructor(private readonly directory: PgDirectory) {
    super();
  }

  async ofTenant(tenantId: string): Promise<Domain[]> {
    return this.entities.find({ where: { tenantId }, order: { kind: 'DESC', host: 'ASC' } });
  }

  async lock(host: string): Promise<Domain | null> {
    return this.entities.findOne({ where: { host }, lock: { mode: 'pessimistic_write' } });
  }

  async insert(domain: Domain): Promise<void> {
    try {
      await this.entities.insert({ ...domain });
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainTaken(domain.host);
      throw error;
    }
  }

  async save({ host, state, verifiedAt, lastCheckedAt }: Domain): Promise<void> {
    await this.entities.update({ host }, { state, verifiedAt, lastCheckedAt });
  }

  async remove(host: string): Promise<void> {
    await this.entities.delete({ host });
  }

  async due(before: Date, limit: number): Promise<Domain[]> {
    return this.entities.find({
      where: { kind: 'custom', state: In(['verified', 'lapsed']), lastCheckedAt: LessThan(before) },
      order: { lastCheckedAt: 'ASC' },
      take: limit,
    });
  }

  private get entities() {
    return this.directory.repository(DomainEntity);
  }
}
