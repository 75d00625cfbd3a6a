import { Injectable } from '@nestjs/common';
import type { Lesson } from '#libs/contracts/courses';
import { isUniqueViolation, TenantDatabase } from '#libs/sharding';
import { lessonsOf, minutesOf, outlineOf, urlOf } from '../content/content.js';
import {
  restorableUntil,
  type Course,
  type NewVersion,
  type StoredDraft,
  type StoredVersion,
} from './course.js';
import { ExternalKeyTaken } from './course.errors.js';
import { CourseRepository, type DraftChange, type NewCourse } from './course.repository.js';

const selectCourse = `
  SELECT c.id, c.external_key AS "externalKey", d.title, d.revision,
         c.published_version AS "publishedVersion", c.published_revision AS "publishedRevision",
         c.published_at AS "publishedAt", c.created_at AS "createdAt", d.updated_at AS "updatedAt",
         c.deleted_at AS "deletedAt"
    FROM courses.courses c
    JOIN courses.drafts d ON d.tenant_id = c.tenant_id AND d.course_id = c.id`;

const findCourse = `${selectCourse} WHERE c.id = $1`;
const lockCourse = `${selectCourse} WHERE c.id = $1 FOR UPDATE`;
const lockCourseByKey = `${selectCourse} WHERE c.external_key = $1 FOR UPDATE`;

const insertCourse = `
  INSERT INTO courses.courses (tenant_id, id, external_key, title, language, created_by, created_at)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5, $6)`;
const insertDraft = `
  INSERT INTO courses.drafts (tenant_id, course_id, revision, title, content, updated_by, updated_at)
  VALUES (app.current_tenant(), $1, 1, $2, $3, $4, $5)`;

const findDraft = `
  SELECT d.course_id AS "courseId", d.revision, d.content, d.updated_at AS "updatedAt",
         d.updated_by AS "updatedBy"
    FROM courses.drafts d
    JOIN courses.courses c ON c.tenant_id = d.tenant_id AND c.id = d.course_id AND c.deleted_at IS NULL
   WHERE d.course_id = $1`;

const updateDraft = `
  UPDATE courses.drafts SET revision = $2, title = $3, content = $4, updated_by = $5, updated_at = $6
   WHERE course_id = $1 AND revision = $2::integer - 1`;

const insertVersion = `
  INSERT INTO courses.versions (tenant_id, course_id, number, title, description, outline, lessons,
                                first_lesson_id, certificate, digest, published_at, published_by)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $11)`;

const insertLessons = `
  INSERT INTO courses.lessons (tenant_id, course_id, version, id, position, kind, content)
  SELECT app.current_tenant(), $1, $2, (lesson ->> 'id')::uuid, n - 1, lesson ->> 'kind', lesson
    FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS given (lesson, n)`;

const showVersion = `
  UPDATE courses.courses
     SET title = $2, summary = $3, language = $4, cover_url = $5, estimated_minutes = $6, tags = $7,
         certificate = $8, lessons = $9, contents = $10, published_version = $11, published_revision = $12,
         published_at = $13
   WHERE id = $1`;

const moveThoseWhoHaveNotBegun = `
  UPDATE courses.enrolments SET version = $2, lessons_total = $3, next_lesson_id = $4
   WHERE course_id = $1 AND status = 'not_started'`;

const findVersion = `
  SELECT course_id AS "courseId", number, description AS header, outline, digest
    FROM courses.versions WHERE course_id = $1 AND number = $2`;

const findLessons = `
  SELECT content FROM courses.lessons WHERE course_id = $1 AND version = $2 ORDER BY position`;

const updateDeleted = 'UPDATE courses.courses SET deleted_at = $2 WHERE id = $1';
const waitForPurge = `
  INSERT INTO courses.purges (tenant_id, course_id, purge_after) VALUES (app.current_tenant(), $1, $2)
  ON CONFLICT (tenant_id, course_id) DO UPDATE SET purge_after = excluded.purge_after`;
const forgetPurge = 'DELETE FROM courses.purges WHERE course_id = $1';
// What learners have achieved refers to the course and its versions: those stay, without their words.
const emptyCourse = `
  UPDATE courses.courses
     SET purged_at = $2, summary = '', contents = '', tags = '{}', cover_url = NULL
   WHERE id = $1 AND deleted_at IS NOT NULL`;
const removeDraft = 'DELETE FROM courses.drafts WHERE course_id = $1';
const removeLessons = 'SELECT courses.purge_lessons($1)';

/** Titles are found by the catalogue's search; more than this of them would only make its index large. */
const SEARCHED_TITLES = 20_000;

@Injectable()
export class PgCourseRepository extends CourseRepository {
  constructor(private readonly database: TenantDatabase) {
    super();
  }

  async create({ id, externalKey, content, createdBy, createdAt }: NewCourse): Promise<void> {
    const { title, language } = content;
    try {
      await this.database.query(insertCourse, [id, externalKey, title, language, createdBy, createdAt]);
    } catch (error) {
      if (isUniqueViolation(error)) throw new ExternalKeyTaken();
      throw error;
    }
    await this.database.query(insertDraft, [id, title, content, createdBy, createdAt]);
  }

  async find(courseId: string): Promise<Course | null> {
    return this.first<Course>(findCourse, [courseId]);
  }

  async lock(courseId: string): Promise<Course | null> {
    return this.first<Course>(lockCourse, [courseId]);
  }

  async lockByExternalKey(externalKey: string): Promise<Course | null> {
    return this.first<Course>(lockCourseByKey, [externalKey]);
  }

  async draft(courseId: string): Promise<StoredDraft | null> {
    return this.first<StoredDraft>(findDraft, [courseId]);
  }

  async saveDraft({ courseId, revision, content, updatedBy, updatedAt }: DraftChange): Promise<void> {
    await this.database.query(updateDraft, [
      courseId,
      revision,
      content.title,
      content,
      updatedBy,
      updatedAt,
    ]);
  }

  async publish({ courseId, number, content, digest, ...version }: NewVersion): Promise<void> {
    const { modules, ...header } = content;
    const lessons = lessonsOf(content).map(({ lesson }) => lesson);
    const first = lessons[0]?.id;
    await this.database.query(insertVersion, [
      ...[courseId, number, header.title, header, JSON.stringify(outlineOf(content)), lessons.length, first],
      ...[header.certificate, digest, version.publishedAt, version.publishedBy],
    ]);
    await this.database.query(insertLessons, [courseId, number, JSON.stringify(lessons)]);
    const titles = modules.flatMap((module) => [module.title, ...module.lessons.map(({ title }) => title)]);
    await this.database.query(showVersion, [
      ...[courseId, header.title, header.summary, header.language],
      ...[header.cover === null ? null : urlOf(header.cover), minutesOf(content), header.tags],
      ...[header.certificate, lessons.length, titles.join('\n').slice(0, SEARCHED_TITLES)],
      ...[number, version.revision, version.publishedAt],
    ]);
    await this.database.query(moveThoseWhoHaveNotBegun, [courseId, number, lessons.length, first]);
  }

  async version(courseId: string, number: number): Promise<StoredVersion | null> {
    return this.first<StoredVersion>(findVersion, [courseId, number]);
  }

  async lessons(courseId: string, number: number): Promise<Lesson[]> {
    const rows = await this.database.query<{ content: Lesson }>(findLessons, [courseId, number]);
    return rows.map(({ content }) => content);
  }

  async markDeleted(courseId: string, deletedAt: Date | null): Promise<void> {
    await this.database.query(updateDeleted, [courseId, deletedAt]);
    if (deletedAt === null) await this.database.query(forgetPurge, [courseId]);
    else await this.database.query(waitForPurge, [courseId, restorableUntil(deletedAt)]);
  }

  async purge(courseId: string, purgedAt: Date): Promise<void> {
    await this.database.query(emptyCourse, [courseId, purgedAt]);
    await this.database.query(removeLessons, [courseId]);
    await this.database.query(removeDraft, [courseId]);
    await this.database.query(forgetPurge, [courseId]);
  }

  private async first<R extends object>(sql: string, values: readonly unknown[]): Promise<R | null> {
    const [row] = await this.database.query<R>(sql, values);
    return row ?? null;
  }
}
