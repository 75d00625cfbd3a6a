import type {
  CourseContent,
  CourseContentInput,
  MediaSource,
  PortableContent,
  PortableSource,
  Question,
} from '#libs/contracts/courses';

const mediaReference = /\(media:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g;
const digestReference = /\(media:sha256:([0-9a-f]{64})\b/g;

/** What a stored file is mentioned as. */
export type MediaUse = 'picture' | 'video' | 'file';

/** One mention of a stored file in a course; `name` is its id, or its digest in portable content. */
export interface MediaMention {
  readonly name: string;
  readonly use: MediaUse;
  readonly pointer: string;
}

type AnyContent = CourseContent | CourseContentInput | PortableContent;
type AnySource = MediaSource | PortableSource;

/** Everything that refers to a stored file: sources of lessons, the cover, images of articles. */
export function mediaMentions(content: AnyContent): MediaMention[] {
  const mentions: MediaMention[] = [];
  const mention = (source: AnySource | null, use: MediaUse, pointer: string) => {
    if (source?.kind !== 'media') return;
    if ('mediaId' in source) mentions.push({ name: source.mediaId, use, pointer: `${pointer}/mediaId` });
    else mentions.push({ name: source.sha256, use, pointer: `${pointer}/sha256` });
  };
  mention(content.cover, 'picture', '/cover');
  content.modules.forEach((module, m) => {
    module.lessons.forEach((lesson, l) => {
      const at = `/modules/${m}/lessons/${l}`;
      if (lesson.kind === 'video' || lesson.kind === 'file') {
        mention(lesson.source, lesson.kind, `${at}/source`);
      }
      if (lesson.kind === 'article') {
        const pointer = `${at}/markdown`;
        mentions.push(
          ...namesIn(lesson.markdown).map((name) => ({ name, use: 'picture' as const, pointer })),
        );
      }
    });
  });
  return mentions;
}

function namesIn(markdown: string): string[] {
  return [mediaReference, digestReference].flatMap((pattern) =>
    [...markdown.matchAll(pattern)].map(([, name = '']) => name),
  );
}

/** The same content without ids and with stored files by digest. `digestOf` must know every file that is mentioned. */
export function toPortable(content: CourseContent, digestOf: (mediaId: string) => string): PortableContent {
  const source = (given: MediaSource | null): PortableSource | null =>
    given?.kind === 'media' ? { kind: 'media', sha256: digestOf(given.mediaId) } : given;
  return {
    ...content,
    cover: source(content.cover),
    modules: content.modules.map(({ title, lessons }) => ({
      title,
      lessons: lessons.map((lesson) => {
        switch (lesson.kind) {
          case 'article': {
            const digested = (_match: string, mediaId: string) => `(media:sha256:${digestOf(mediaId)}`;
            return { ...withoutId(lesson), markdown: lesson.markdown.replace(mediaReference, digested) };
          }
          case 'video':
          case 'file':
            return { ...withoutId(lesson), source: source(lesson.source) };
          case 'quiz':
            return { ...withoutId(lesson), questions: lesson.questions.map(portableQuestion) };
        }
      }),
    })),
  };
}

function portableQuestion(question: Question) {
  return question.kind === 'short'
    ? withoutId(question)
    : { ...withoutId(question), options: question.options.map(withoutId) };
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

function withoutId<T extends { id: string }>(thing: T): WithoutId<T> {
  return Object.fromEntries(Object.entries(thing).filter(([key]) => key !== 'id')) as WithoutId<T>;
}

/** The way back. `mediaIdOf` must know every digest that is mentioned; ids are made when the draft is saved. */
export function fromPortable(
  content: PortableContent,
  mediaIdOf: (sha256: string) => string,
): CourseContentInput {
  const source = (given: PortableSource | null): MediaSource | null =>
    given?.kind === 'media' ? { kind: 'media', mediaId: mediaIdOf(given.sha256) } : given;
  return {
    ...content,
    cover: source(content.cover),
    modules: content.modules.map(({ title, lessons }) => ({
      title,
      lessons: lessons.map((lesson) => {
        switch (lesson.kind) {
          case 'article':
            return {
              ...lesson,
              markdown: lesson.markdown.replace(
                digestReference,
                (_match, sha256: string) => `(media:${mediaIdOf(sha256)}`,
              ),
            };
          case 'video':
          case 'file':
            return { ...lesson, source: source(lesson.source) };
          case 'quiz':
            return lesson;
        }
      }),
    })),
  };
}
