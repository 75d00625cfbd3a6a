import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { courseContentInput, courseExport, coursesEndpoints, lessonProgressInput } from './index.js';

const article = { kind: 'article', title: 'Read', markdown: 'Words' };
const content = { title: 'Fire safety', modules: [{ title: 'All', lessons: [article] }] };

const issuesOf = (schema: z.ZodType, value: unknown) => {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.map(({ code, path }) => [code, path.join('/')]);
};

describe('Contracts of courses', () => {
  it('name each endpoint once and guard each', () => {
    expect(new Set(coursesEndpoints.map(({ id }) => id)).size).toBe(coursesEndpoints.length);
    const routes = coursesEndpoints.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(routes).size).toBe(routes.length);
    const open = coursesEndpoints.filter(({ access }) => access === 'public').map(({ id }) => id);
    expect(open).toEqual(['courses.certificate.verify', 'courses.certificate.download']);
    const inner = coursesEndpoints.filter(({ path }) => path.startsWith('/internal/'));
    expect(inner.every(({ access }) => access === 'service')).toBe(true);
  });

  it.each(coursesEndpoints.map((endpoint) => [endpoint.id, endpoint] as const))(
    'can be described: %s',
    (_, endpoint) => {
      const { response } = endpoint;
      if ('body' in endpoint) {
        expect(z.toJSONSchema(endpoint.body, { io: 'input' })).toHaveProperty('$schema');
      }
      if (response !== null) expect(z.toJSONSchema(response)).toHaveProperty('$schema');
    },
  );

  it('fill in what an author leaves out', () => {
    expect(courseContentInput.parse(content)).toMatchObject({
      ...{ summary: '', language: 'en', certificate: true, tags: [], cover: null },
      modules: [{ lessons: [{ minutes: 0 }] }],
    });
  });

  it.each([
    ['an unknown field', { ...content, extra: 1 }, ''],
    ['a polluting field', JSON.parse('{"title":"x","modules":[],"__proto__":{"admin":true}}'), ''],
    [
      'an unknown kind',
      { ...content, modules: [{ title: '', lessons: [{ kind: 'exam' }] }] },
      'modules/0/lessons/0/kind',
    ],
    ['control characters', { ...content, title: 'a\u0000b' }, 'title'],
    ['broken Unicode', { ...content, summary: '\ud800' }, 'summary'],
    ['a dangerous address', { ...content, cover: { kind: 'link', url: 'javascript:alert(1)' } }, 'cover/url'],
    ['an id that is none', { ...content, modules: [{ id: 'x', title: '', lessons: [] }] }, 'modules/0/id'],
    ['too long a title', { ...content, title: 'x'.repeat(201) }, 'title'],
    ['a number as text', { ...content, estimatedMinutes: '5' }, 'estimatedMinutes'],
  ])('refuse %s', (_, value: unknown, at) => {
    const paths = issuesOf(courseContentInput, value).map(([, path]) => path);
    expect(paths).toContain(at);
  });

  it('refuse a file of another format or version', () => {
    const file = {
      ...{ format: 'harka.course', version: 1, exportedAt: '2026-01-15T09:00:00Z', digest: 'a'.repeat(64) },
      ...{ course: content, media: [] },
    };
    expect(issuesOf(courseExport, file)).toEqual([]);
    expect(issuesOf(courseExport, { ...file, version: 2 })).toEqual([['invalid_value', 'version']]);
    expect(issuesOf(courseExport, { ...file, format: 'other' })).toEqual([['invalid_value', 'format']]);
    const withId = { ...content, modules: [{ id: crypto.randomUUID(), title: '', lessons: [] }] };
    expect(issuesOf(courseExport, { ...file, course: withId })).toEqual([
      ['unrecognized_keys', 'course/modules/0'],
    ]);
  });

  it('know no way back from a lesson', () => {
    expect(issuesOf(lessonProgressInput, { state: 'not_started' })).toEqual([['invalid_value', 'state']]);
    expect(issuesOf(lessonProgressInput, { state: 'started', positionSeconds: -1 })).toHaveLength(1);
  });
});
