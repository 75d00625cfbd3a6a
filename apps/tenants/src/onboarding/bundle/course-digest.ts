import { createHash } from 'node:crypto';
import { contentDigestText, portableContent } from '#libs/contracts/courses';
import type { BundleCourse, BundleFiles } from './bundle.js';

/** The digest that a published course must have if it is the one of the bundle. */
export function courseDigest({ content }: BundleCourse, files: BundleFiles): string {
  const modules = content.modules.map((module) => ({
    ...module,
    lessons: module.lessons.map((lesson) => {
      if ((lesson.kind !== 'video' && lesson.kind !== 'file') || lesson.source?.kind !== 'media') {
        return lesson;
      }
      return { ...lesson, source: { kind: 'media', sha256: sha256(files.get(lesson.source.mediaId) ?? '') } };
    }),
  }));
  return sha256(contentDigestText(portableContent.parse({ ...content, modules })));
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}
