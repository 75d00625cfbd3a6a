import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { courseExport } from '#libs/contracts/courses';
import { newId } from '#libs/kernel';
import { aUser } from '#libs/tenancy/testing';
import { Client } from 'pg';
import { aContent, anArticle, aQuiz, aVideo } from '../../testing/content.js';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { emptyContent } from '../content/content.js';
import { EnrolMyself } from '../enrolment/enrol-myself.use-case.js';
import { MyCourses } from '../learning/my-courses.read-model.js';
import { RecordProgress } from '../learning/record-progress.use-case.js';
import { AuthoredCourses } from './authored-course.read-model.js';
import { PgCourseRepository } from './course.pg-repository.js';
import { CreateCourse } from './create-course.use-case.js';
import { DeleteCourse } from './delete-course.use-case.js';
import { ExportCourse } from './export-course.use-case.js';
import { ImportCourse } from './import-course.use-case.js';
import { PublishCourse } from './publish-course.use-case.js';
import { SaveDraft } from './save-draft.use-case.js';

describe(PgCourseRepository.name, () => {
  let academy: TestAcademy;
  const author = aUser({ role: 'author' });

  beforeAll(async () => {
    academy = await testAcademy();
  });
  afterAll(() => academy.close());

  const asAuthor = <R>(work: () => Promise<R>) => academy.as(author, work);
  const create = (title = 'Fire safety') =>
    asAuthor(() => academy.get(CreateCourse).execute(emptyContent(title, 'en')));
  const save = (id: string, seen: number, content = aContent([anArticle()])) =>
    asAuthor(() => academy.get(SaveDraft).execute(id, seen, content));
  const publish = (id: string, seen: number) => asAuthor(() => academy.get(PublishCourse).execute(id, seen));

  it('saves drafts, publishes versions and lists them', async () => {
    const { id } = await create();
    const content = aContent([anArticle(), aQuiz()], { title: 'Fire safety II' });
    await save(id, 1, content);
    expect(await publish(id, 2)).toMatchObject({ number: 1 });
    await save(id, 2, aContent([anArticle({ markdown: 'New words' })]));
    expect(await publish(id, 3)).toMatchObject({ number: 2 });
    const versions = await asAuthor(() => academy.get(AuthoredCourses).versions(id, { limit: 20 }));
    expect(versions.items.map(({ number, title, lessons }) => [number, title, lessons])).toEqual([
      [2, 'Fire safety', 1],
      [1, 'Fire safety II', 2],
    ]);
    const [listed] = (await asAuthor(() => academy.get(AuthoredCourses).list({ limit: 20 }))).items;
    expect(listed).toMatchObject({ id, publishedVersion: 2, unpublishedChanges: false, status: 'published' });
  });

  it('lets one of two who save at once win', async () => {
    const { id } = await create();
    const results = await Promise.allSettled([save(id, 1), save(id, 1), save(id, 1)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'draft.changed' });
    }
  });

  it('numbers versions without gap or double when published at once', async () => {
    const { id } = await create();
    await save(id, 1);
    const results = await Promise.allSettled([publish(id, 2), publish(id, 2), publish(id, 2)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const versions = await academy.rows('SELECT number FROM courses.versions WHERE course_id = $1', [id]);
    expect(versions).toEqual([{ number: 1 }]);
  });

  it.each(['versions', 'lessons'])(
    'refuses any change of published %s, from the application and its owner',
    async (table) => {
      const id = await academy.published(aContent([anArticle()]));
      const change = `UPDATE courses.${table} SET course_id = course_id WHERE course_id = $1`;
      await expect(academy.rows(change, [id])).rejects.toMatchObject({ code: '42501' });
      await expect(
        academy.rows(`DELETE FROM courses.${table} WHERE course_id = $1`, [id]),
      ).rejects.toMatchObject({ code: '42501' });
      const owner = new Client({ connectionString: academy.shard.url });
      await owner.connect();
      try {
        await expect(owner.query(change, [id])).rejects.toMatchObject({ code: '23001' });
      } finally {
        await owner.end();
      }
    },
  );

  it('keeps learners on the version they began and moves those who have not begun', async () => {
    const content = aContent([anArticle()]);
    const lessonId = content.modules[0]?.lessons[0]?.id ?? '';
    const { id } = await create();
    await save(id, 1, content);
    await publish(id, 2);
    const [begun, waiting] = [aUser(), aUser()];
    const enrol = (actor: typeof begun) => academy.as(actor, () => academy.get(EnrolMyself).execute(id));
    const [first, second] = [await enrol(begun), await enrol(waiting)];
    await academy.as(begun, () =>
      academy.get(RecordProgress).execute(first.id, lessonId, { state: 'started', rewind: false }),
    );

    const more = anArticle();
    await save(id, 2, aContent([more, anArticle()]));
    await publish(id, 3);
    const outlineOf = (actor: typeof begun, enrolmentId: string) =>
      academy.as(actor, () => academy.get(MyCourses).outline(enrolmentId));
    expect(await outlineOf(begun, first.id)).toMatchObject({ version: 1, lessonsTotal: 1 });
    expect(await outlineOf(waiting, second.id)).toMatchObject({
      version: 2,
      lessonsTotal: 2,
      nextLessonId: more.id,
    });
  });

  it('exports a course and imports it back alike, under new ids', async () => {
    const picture = newId();
    await academy.rows(
      `INSERT INTO courses.media_files (tenant_id, id, name, content_type, bytes, sha256)
       VALUES (app.current_tenant(), $1, 'plan.png', 'image/png', 10, $2)`,
      [picture, 'a'.repeat(64)],
    );
    const content = aContent([anArticle({ markdown: `![plan](media:${picture})` }), aVideo(), aQuiz()], {
      cover: { kind: 'media', mediaId: picture },
    });
    const id = await academy.published(content);
    const file = await asAuthor(() => academy.get(ExportCourse).execute(id, 1));
    const travelled = courseExport.parse(JSON.parse(JSON.stringify(file)));
    const back = await asAuthor(() => academy.get(ImportCourse).execute(travelled));
    const again = await asAuthor(() => academy.get(ExportCourse).execute(back.courseId));
    expect(again.course).toEqual(file.course);
    expect(again.digest).toBe(file.digest);
    expect(again.media).toEqual(file.media);
    const [version] = await academy.rows('SELECT digest FROM courses.versions WHERE course_id = $1', [id]);
    expect(version).toEqual({ digest: file.digest });
    expect(back.courseId).not.toBe(id);
  });

  it('imports all or nothing', async () => {
    const id = await academy.published(aContent([anArticle()]));
    const file = await asAuthor(() => academy.get(ExportCourse).execute(id));
    const countCourses = async () => (await academy.rows('SELECT id FROM courses.courses')).length;
    const before = await countCourses();
    const sha256 = 'b'.repeat(64);
    const dangling = { ...file, course: { ...file.course, cover: { kind: 'media' as const, sha256 } } };
    await expect(asAuthor(() => academy.get(ImportCourse).execute(dangling))).rejects.toMatchObject({
      code: 'course.import_refused',
      faults: [
        { pointer: '/course/cover/sha256', code: 'media.undeclared' },
        { pointer: '/digest', code: 'course.digest_mismatch' },
      ],
    });
    expect(await countCourses()).toBe(before);
  });

  it('deletes and restores', async () => {
    const id = await academy.published(aContent([anArticle()]));
    await asAuthor(() => academy.get(DeleteCourse).execute(id));
    await expect(asAuthor(() => academy.get(DeleteCourse).execute(id))).rejects.toMatchObject({
      code: 'course.not_found',
    });
    const deleted = await asAuthor(() => academy.get(AuthoredCourses).list({ limit: 20, status: 'deleted' }));
    expect(deleted.items.map((course) => course.id)).toContain(id);
    expect(await asAuthor(() => academy.get(DeleteCourse).restore(id))).toMatchObject({ deletedAt: null });
  });

  it('shows a course to no other tenant', async () => {
    const id = await academy.published(aContent([anArticle()]));
    const [, other] = academy.tenants;
    await expect(
      academy.as(author, () => academy.get(ExportCourse).execute(id), other),
    ).rejects.toMatchObject({ code: 'course.not_found' });
    const { items } = await academy.as(author, () => academy.get(AuthoredCourses).list({ limit: 20 }), other);
    expect(items).toEqual([]);
  });

  it('finds courses by part of their title, without regard to case and accents', async () => {
    const { id } = await create('Sécurité au travail');
    const found = async (q: string) =>
      (await asAuthor(() => academy.get(AuthoredCourses).list({ limit: 20, q }))).items.map(
        (course) => course.id,
      );
    expect(await found('SECURITE')).toEqual([id]);
    expect(await found('100%')).toEqual([]);
  });
});
