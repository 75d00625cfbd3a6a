import type { Lesson } from '#libs/contracts/courses';
import { lessonsOf, outlineOf } from '../content/content.js';
import type { Course, NewVersion, StoredDraft, StoredVersion } from './course.js';
import { ExternalKeyTaken } from './course.errors.js';
import { CourseRepository, type DraftChange, type NewCourse } from './course.repository.js';

export class FakeCourseRepository extends CourseRepository {
  readonly courses = new Map<string, Course>();
  readonly drafts = new Map<string, StoredDraft>();
  readonly versions: NewVersion[] = [];

  async create({ id, externalKey, content, createdAt, createdBy }: NewCourse): Promise<void> {
    if (externalKey !== null && (await this.lockByExternalKey(externalKey)) !== null) {
      throw new ExternalKeyTaken();
    }
    this.courses.set(id, {
      ...{ id, externalKey, title: content.title, revision: 1, createdAt, updatedAt: createdAt },
      ...{ publishedVersion: null, publishedRevision: null, publishedAt: null, deletedAt: null },
    });
    this.drafts.set(id, { courseId: id, revision: 1, content, updatedAt: createdAt, updatedBy: createdBy });
  }

  async find(courseId: string): Promise<Course | null> {
    return this.courses.get(courseId) ?? null;
  }

  async lock(courseId: string): Promise<Course | null> {
    return this.find(courseId);
  }

  async lockByExternalKey(externalKey: string): Promise<Course | null> {
    return [...this.courses.values()].find((course) => course.externalKey === externalKey) ?? null;
  }

  async draft(courseId: string): Promise<StoredDraft | null> {
    const isDeleted = (this.courses.get(courseId)?.deletedAt ?? null) !== null;
    return isDeleted ? null : (this.drafts.get(courseId) ?? null);
  }

  async saveDraft(change: DraftChange): Promise<void> {
    const { courseId, revision, updatedAt, content } = change;
    this.drafts.set(courseId, change);
    this.change(courseId, { revision, updatedAt, title: content.title });
  }

  async publish(version: NewVersion): Promise<void> {
    this.versions.push(version);
    this.change(version.courseId, {
      publishedVersion: version.number,
      publishedRevision: version.revision,
      publishedAt: version.publishedAt,
    });
  }

  async version(courseId: string, number: number): Promise<StoredVersion | null> {
    const version = this.versionAt(courseId, number);
    if (version === undefined) return null;
    const { modules, ...header } = version.content;
    return { courseId, number, header, outline: outlineOf({ ...header, modules }), digest: version.digest };
  }

  async lessons(courseId: string, number: number): Promise<Lesson[]> {
    const version = this.versionAt(courseId, number);
    return version === undefined ? [] : lessonsOf(version.content).map(({ lesson }) => lesson);
  }

  async markDeleted(courseId: string, deletedAt: Date | null): Promise<void> {
    this.change(courseId, { deletedAt });
  }

  async purge(courseId: string): Promise<void> {
    this.courses.delete(courseId);
    this.drafts.delete(courseId);
  }

  private versionAt(courseId: string, number: number): NewVersion | undefined {
    return this.versions.find((version) => version.courseId === courseId && version.number === number);
  }

  private change(courseId: string, change: Partial<Course>): void {
    const course = this.courses.get(courseId);
    if (course !== undefined) this.courses.set(courseId, { ...course, ...change });
  }
}
