import type { CourseContent, Draft } from '#libs/contracts/courses';
import type { Site } from './platform.js';

/** A draft of one module with these articles, made by the API. */
export async function aDraft(
  author: Site,
  title: string,
  articles: readonly { readonly title: string; readonly markdown: string }[],
): Promise<Draft> {
  const { id } = await author.send<{ id: string }>('POST', '/api/v1/courses', { title });
  const { content, revision } = await author.get<Draft>(`/api/v1/courses/${id}/draft`);
  const lessons = articles.map((article) => ({ kind: 'article', minutes: 0, ...article }));
  return saveDraft(author, id, revision, {
    ...content,
    modules: [{ title: 'The basics', lessons }],
  } as unknown as CourseContent);
}

export async function saveDraft(
  author: Site,
  courseId: string,
  revision: number,
  content: CourseContent,
): Promise<Draft> {
  const path = `/api/v1/courses/${courseId}/draft`;
  return author.send<Draft>('PUT', path, { content }, { 'if-match': `"${revision}"` });
}
