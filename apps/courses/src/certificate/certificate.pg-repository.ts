import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '#libs/sharding';
import type { Certificate } from './certificate.js';
import { CertificateRepository } from './certificate.repository.js';

const columns = `
  id, enrolment_id AS "enrolmentId", course_id AS "courseId", version, user_id AS "userId",
  learner_name AS "learnerName", course_title AS "courseTitle", language, issued_at AS "issuedAt",
  expires_at AS "expiresAt",
  revoked_at AS "revokedAt"`;

const insert = `
  INSERT INTO courses.certificates (tenant_id, id, enrolment_id, course_id, version, user_id, learner_name,
                                    course_title, language, issued_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6, $7, $8, $9)`;

const find = `SELECT ${columns} FROM courses.certificates WHERE id = $1`;

const ofLearner = `
  SELECT ${columns} FROM courses.certificates
   WHERE user_id = $1 AND (issued_at, id) < ($2::timestamptz, $3::uuid)
   ORDER BY issued_at DESC, id DESC LIMIT $4`;

const revoke = `
  UPDATE courses.certificates SET revoked_at = $2, revoked_by = $3, revocation_reason = $4
   WHERE id = $1 AND revoked_at IS NULL RETURNING id`;

const END = { issuedAt: new Date('9999-12-31T00:00:00Z'), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

@Injectable()
export class PgCertificateRepository extends CertificateRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async add(certificate: Certificate): Promise<void> {
    await this.database.query(insert, [
      ...[certificate.id, certificate.enrolmentId, certificate.courseId, certificate.version],
      ...[certificate.userId, certificate.learnerName, certificate.courseTitle, certificate.language],
      certificate.issuedAt,
    ]);
  }

  async find(certificateId: string): Promise<Certificate | null> {
    const [certificate] = await this.database.query<Certificate>(find, [certificateId]);
    return certificate ?? null;
  }

  async revoke(
    certificateId: string,
    { revokedAt, revokedBy, reason }: Parameters<CertificateRepository['revoke']>[1],
  ): Promise<boolean> {
    const rows = await this.database.query(revoke, [certificateId, revokedAt, revokedBy, reason]);
    return rows.length > 0;
  }

  async ofLearner(
    userId: string,
    limit: number,
    before: Pick<Certificate, 'issuedAt' | 'id'> | null,
  ): Promise<Certificate[]> {
    const { issuedAt, id } = before ?? END;
    return this.database.query<Certificate>(ofLearner, [userId, issuedAt, id, limit]);
  }
}
