import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page } from '#libs/contracts';
import type { CourseHistoryEntry, PublishImpact } from '#libs/contracts/courses';
import { TenantDatabase } from '#libs/sharding';
import { z } from 'zod';
import { CourseNotFound } from './course.errors.js';

const listHistory = `
  SELECT v.course_id AS "courseId", v.number, v.title, v.lessons, v.digest,
         v.published_at AS "publishedAt", v.published_by AS "publishedBy", p.name AS publisher,
         (SELECT count(*)::integer FROM courses.enrolments e
           WHERE e.tenant_id = v.tenant_id AND e.course_id = v.course_id AND e.version = v.number
             AND e.status IN ('not_started', 'in_progress')) AS learners
    FROM courses.courses c
    LEFT JOIN courses.versions v ON v.tenant_id = c.tenant_id AND v.course_id = c.id AND v.number < $2
    LEFT JOIN courses.people p ON p.tenant_id = v.tenant_id AND p.id = v.published_by
   WHERE c.id = $1
   ORDER BY v.number DESC
   LIMIT $3`;

const countLearners = `
  SELECT version, status, count(*)::integer AS learners
    FROM courses.enrolments WHERE course_id = $1 AND status <> 'withdrawn'
   GROUP BY version, status ORDER BY version`;

const place = z.strictObject({ number: z.int().positive() });
const AFTER_ALL = 2_147_483_647;

type Entry = Omit<CourseHistoryEntry, 'publishedAt'> & { readonly publishedAt: Date };
interface Count {
  readonly version: number;
  readonly status: 'not_started' | 'in_progress' | 'completed';
  readonly learners: number;
}

/** Versions and who is on them, for authors. */
@Injectable()
export class CourseHistory {
  constructor(private readonly database: TenantDatabase) {}

  async list(
    courseId: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<CourseHistoryEntry>> {
    const before = cursor === undefined ? AFTER_ALL : decodeCursor(cursor, place).number;
    const rows = await this.database.query<Entry | Record<keyof Entry, null>>(listHistory, [
      ...[courseId, before, limit + 1],
    ]);
    if (rows.length === 0) throw new CourseNotFound();
    const found = rows.filter((row): row is Entry => row.number !== null);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map((entry) => ({ ...entry, publishedAt: entry.publishedAt.toISOString() })),
      nextCursor: found.length > limit && last !== undefined ? encodeCursor({ number: last.number }) : null,
    };
  }

  /** Whom a publication would move, and who would stay where. */
  async learners(courseId: string): Promise<Pick<PublishImpact, 'learners' | 'staying'>> {
    const counts = await this.database.query<Count>(countLearners, [courseId]);
    const sum = (status: Count['status']) =>
      counts.filter((count) => count.status === status).reduce((total, { learners }) => total + learners, 0);
    return {
      learners: {
        notStarted: sum('not_started'),
        inProgress: sum('in_progress'),
        completed: sum('completed'),
      },
      staying: counts
        .filter(({ status }) => status === 'in_progress')
        .map(({ version, learners }) => ({ version, learners })),
    };
  }
}
