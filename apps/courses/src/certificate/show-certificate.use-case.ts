import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, instant, uuid, type Page } from '#libs/contracts';
import type { MyCertificate, PublicCertificate } from '#libs/contracts/courses';
import { Clock } from '#libs/kernel';
import { currentTenant, requireUserId } from '#libs/tenancy';
import { z } from 'zod';
import { myCertificateOf, publicCertificateOf } from './certificate-view.js';
import { CertificateNotFound } from './certificate.errors.js';
import { CertificateRepository } from './certificate.repository.js';

const place = z.strictObject({ issuedAt: instant(), id: uuid() });

@Injectable()
export class ShowCertificate {
  constructor(
    private readonly certificates: CertificateRepository,
    private readonly clock: Clock,
  ) {}

  /** To anybody who knows the id. */
  async execute(certificateId: string): Promise<PublicCertificate> {
    const certificate = await this.certificates.find(certificateId);
    if (certificate === null) throw new CertificateNotFound();
    return publicCertificateOf(certificate, currentTenant(), this.clock.now());
  }

  /** The caller's own, newest first. */
  async mine(limit: number, cursor: string | undefined): Promise<Page<MyCertificate>> {
    const given = cursor === undefined ? null : decodeCursor(cursor, place);
    const before = given === null ? null : { id: given.id, issuedAt: new Date(given.issuedAt) };
    const rows = await this.certificates.ofLearner(requireUserId(), limit + 1, before);
    const now = this.clock.now();
    const items = rows.slice(0, limit).map((certificate) => myCertificateOf(certificate, now));
    const last = items.at(-1);
    return {
      items,
      nextCursor:
        rows.length > limit && last !== undefined
          ? encodeCursor({ issuedAt: last.issuedAt, id: last.id })
          : null,
    };
  }
}
