import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { aUser } from '#libs/tenancy/testing';
import { aContent, anArticle } from '../../testing/content.js';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { EnrolMyself } from '../enrolment/enrol-myself.use-case.js';
import { Catalogue } from './catalogue.read-model.js';

describe(Catalogue.name, () => {
  let academy: TestAcademy;
  const learner = aUser();

  beforeAll(async () => {
    academy = await testAcademy();
    const publish = (title: string, overrides: object) =>
      academy.published(
        aContent([anArticle({ title: 'Extinguishers' })], { title, summary: '', ...overrides }),
      );
    await publish('Information security at work', { tags: ['compliance'] });
    await publish('Fire safety', { summary: 'Securing the building.' });
    await publish('Élever la voix', { language: 'fr' });
    await publish('Umgang mit Daten', { language: 'de', summary: 'Personenbezogene Daten schützen' });
  });
  afterAll(() => academy.close());

  const search = (q?: string, limit = 20, cursor?: string, tenant = academy.tenants[0]) =>
    academy.as(learner, () => academy.get(Catalogue).search({ limit, cursor, q }), tenant);
  const titles = async (q?: string) => (await search(q)).items.map(({ title }) => title);

  it('lists the newest first, page by page', async () => {
    const first = await search(undefined, 3);
    const second = await search(undefined, 3, first.nextCursor ?? '');
    expect([...first.items, ...second.items].map(({ title }) => title)).toEqual([
      'Umgang mit Daten',
      'Élever la voix',
      'Fire safety',
      'Information security at work',
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it.each([
    ['secur', ['Information security at work', 'Fire safety']],
    ['SECURITY work', ['Information security at work']],
    ['elever', ['Élever la voix']],
    ['compliance', ['Information security at work']],
    ['schutzen', ['Umgang mit Daten']],
    ['Personenbezogener', ['Umgang mit Daten']],
    ['extinguisher fire', ['Fire safety']],
    ["'; DROP TABLE courses.courses; --", []],
    ['fire & !safety | (', ['Fire safety']],
    ['???', []],
  ])('finds for %j what fits, best first', async (q, wanted) => {
    expect(await titles(q)).toEqual(wanted);
  });

  it('pages through matches too', async () => {
    const first = await search('extinguishers', 3);
    const second = await search('extinguishers', 3, first.nextCursor ?? '');
    expect(new Set([...first.items, ...second.items].map(({ courseId }) => courseId)).size).toBe(4);
  });

  it('says where the learner is enrolled already, and shows the table of contents', async () => {
    const [course] = (await search('fire')).items;
    const courseId = course?.courseId ?? '';
    expect(course?.enrolment).toBeNull();
    const { id } = await academy.as(learner, () => academy.get(EnrolMyself).execute(courseId));
    const detail = await academy.as(learner, () => academy.get(Catalogue).course(courseId));
    expect(detail).toMatchObject({
      enrolment: { enrolmentId: id, status: 'not_started' },
      lessons: 1,
      estimatedMinutes: 5,
      modules: [{ title: 'All of it', lessons: [{ title: 'Extinguishers', kind: 'article', minutes: 5 }] }],
    });
  });

  it('narrows to a topic, a language, a length or a state, alone and together', async () => {
    const found = async (filter: object) =>
      (await academy.as(learner, () => academy.get(Catalogue).search({ limit: 20, ...filter }))).items.map(
        ({ title }) => title,
      );
    expect(await found({ tag: 'compliance' })).toEqual(['Information security at work']);
    expect(await found({ tag: 'compliance', language: 'de' })).toEqual([]);
    expect(await found({ language: 'fr' })).toEqual(['Élever la voix']);
    expect(await found({ minMinutes: 6 })).toEqual([]);
    expect(await found({ maxMinutes: 5 })).toHaveLength(4);
    expect(await found({ state: 'current' })).toEqual(['Fire safety']);
    expect(await found({ state: 'completed' })).toEqual([]);
    expect(await found({ state: 'new', q: 'secur' })).toEqual(['Information security at work']);
  });

  it('counts the topics and languages that there are', async () => {
    const facets = await academy.as(learner, () => academy.get(Catalogue).facets());
    expect(facets.tags).toContainEqual({ value: 'compliance', courses: 1 });
    expect(facets.languages.map(({ value }) => value)).toEqual(['en', 'de', 'fr']);
  });

  it("recommends what shares a topic with one's own courses, and nothing that one has", async () => {
    const publish = (title: string, tags: string[]) =>
      academy.published(aContent([anArticle()], { title, summary: '', tags }));
    const own = await publish('Ladders', ['tools']);
    const kin = await publish('Saws', ['tools']);
    await publish('Tea', ['kitchen']);
    await academy.as(learner, () => academy.get(EnrolMyself).execute(own));
    const { items } = await academy.as(learner, () => academy.get(Catalogue).recommended(3));
    expect(items[0]?.courseId).toBe(kin);
    expect(items).toHaveLength(3);
    expect(items.every(({ enrolment }) => enrolment === null)).toBe(true);
    await academy.rows('UPDATE courses.courses SET deleted_at = now() WHERE title = ANY ($1)', [
      ['Ladders', 'Saws', 'Tea'],
    ]);
  });

  it('shows neither drafts nor deleted courses nor those of others', async () => {
    const [course] = (await search('umgang')).items;
    await academy.rows('UPDATE courses.courses SET deleted_at = now() WHERE id = $1', [course?.courseId]);
    expect(await titles('umgang')).toEqual([]);
    const look = (id: string) => academy.as(learner, () => academy.get(Catalogue).course(id));
    await expect(look(course?.courseId ?? '')).rejects.toMatchObject({ code: 'course.not_found' });
    await expect(look(newId())).rejects.toMatchObject({ code: 'course.not_found' });
    expect((await search(undefined, 20, undefined, academy.tenants[1])).items).toEqual([]);
  });
});
