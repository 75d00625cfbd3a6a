import { Injectable } from '@nestjs/common';
import type {
  CourseContent,
  PublishedContent,
  PublishImpact,
  VersionComparison,
} from '#libs/contracts/courses';
import { compareContents } from '../content/compare-contents.js';
import { CourseHistory } from './course-history.read-model.js';
import { CoursePublisher } from './course-publisher.js';
import { inDraft, VersionNotFound } from './course.errors.js';
import { CourseRepository } from './course.repository.js';
import { GetCourse } from './get-course.use-case.js';
import { contentOfVersion } from './version-content.js';

/** What differs between two states of a course, and what that means for learners. */
@Injectable()
export class CompareVersions {
  constructor(
    private readonly courses: CourseRepository,
    private readonly course: GetCourse,
    private readonly publisher: CoursePublisher,
    private readonly history: CourseHistory,
  ) {}

  async content(courseId: string, version: number): Promise<PublishedContent> {
    await this.course.draft(courseId);
    return { courseId, version, content: await this.contentOf(courseId, version) };
  }

  /** @param to A version, or the draft where it is left out. */
  async execute(courseId: string, from: number, to?: number): Promise<VersionComparison> {
    const { content, revision } = await this.course.draft(courseId);
    const before = await this.contentOf(courseId, from);
    const after = to === undefined ? content : await this.contentOf(courseId, to);
    return {
      from: { version: from, revision: null },
      to: to === undefined ? { version: null, revision } : { version: to, revision: null },
      ...compareContents(before, after),
    };
  }

  async impact(courseId: string): Promise<PublishImpact> {
    const course = await this.course.execute(courseId);
    const { content, revision } = await this.course.draft(courseId);
    const examined = await this.publisher.examine(content);
    const current = course.publishedVersion;
    const published = current === null ? null : await this.courses.version(courseId, current);
    return {
      revision,
      currentVersion: current,
      nextVersion: (current ?? 0) + 1,
      identical: published !== null && examined.faults === null && published.digest === examined.digest,
      ...(await this.history.learners(courseId)),
      faults: inDraft(examined.faults ?? []),
      changes: current === null ? null : compareContents(await this.contentOf(courseId, current), content),
    };
  }

  private async contentOf(courseId: string, number: number): Promise<CourseContent> {
    const version = await this.courses.version(courseId, number);
    if (version === null) throw new VersionNotFound();
    return contentOfVersion(version, await this.courses.lessons(courseId, number));
  }
}
