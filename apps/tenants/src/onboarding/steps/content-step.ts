import { basename } from 'node:path/posix';
import { Injectable } from '@nestjs/common';
import type { CourseContentInput } from '#libs/contracts/courses';
import type { BundleCourse } from '../bundle/bundle.js';
import { CourseLibrary } from '../course-library.js';
import type { OnboardingJob } from '../onboarding-job.js';
import type { OnboardingStep } from './onboarding-step.js';

/** Uploads the files of each course and publishes it. */
@Injectable()
export class ContentStep implements OnboardingStep {
  readonly name = 'content';

  constructor(private readonly library: CourseLibrary) {}

  async run(job: OnboardingJob): Promise<void> {
    const { courses } = job.bundle;
    for (let done = job.now.progress.courses.done; done < courses.length; done += 1) {
      const course = courses[done];
      if (course !== undefined) await this.publish(course, job);
      await job.count('courses', done + 1);
    }
  }

  private async publish(course: BundleCourse, job: OnboardingJob): Promise<void> {
    for (const path of course.files) await this.upload(path, job);
    const content = withMedia(course.content, job.now.results.media);
    await job.asService(() => this.library.publish(course.key, content));
  }

  private async upload(path: string, job: OnboardingJob): Promise<void> {
    if (job.now.results.media[path] !== undefined) return;
    const bytes = job.bundle.files.get(path) ?? Buffer.alloc(0);
    const mediaId = await job.asService(() => this.library.store(basename(path), bytes));
    const { results } = job.now;
    await job.save({ results: { media: { ...results.media, [path]: mediaId } } });
  }
}

/** The content with media ids where the paths of files stood for them. */
function withMedia(content: CourseContentInput, media: Readonly<Record<string, string>>): CourseContentInput {
  const modules = content.modules.map((module) => ({
    ...module,
    lessons: module.lessons.map((lesson) => {
      if ((lesson.kind !== 'video' && lesson.kind !== 'file') || lesson.source?.kind !== 'media') {
        return lesson;
      }
      const mediaId = media[lesson.source.mediaId] ?? lesson.source.mediaId;
      return { ...lesson, source: { kind: 'media' as const, mediaId } };
    }),
  }));
  return { ...content, modules };
}
