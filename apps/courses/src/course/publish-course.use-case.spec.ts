import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CourseContent } from '#libs/contracts/courses';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, FakeUnitOfWork } from '#libs/tenancy/testing';
import { aContent, anArticle, aQuiz, aVideo } from '../../testing/content.js';
import { FakeMediaLibrary } from '../media-file/media-library.fake-adapter.js';
import { CoursePublisher } from './course-publisher.js';
import { FakeCourseRepository } from './course.fake-repository.js';
import { CreateCourse } from './create-course.use-case.js';
import { DeleteCourse } from './delete-course.use-case.js';
import { PublishCourse } from './publish-course.use-case.js';
import { SaveDraft } from './save-draft.use-case.js';

const day = 24 * 60 * 60 * 1000;

function anOffice() {
  const courses = new FakeCourseRepository();
  const events = new FakeEventLog();
  const media = new FakeMediaLibrary();
  const clock = new FixedClock();
  const unitOfWork = new FakeUnitOfWork();
  const publisher = new CoursePublisher(courses, media, events, clock);
  const create = new CreateCourse(courses, events, unitOfWork, clock);
  const as = <R>(work: () => Promise<R>) => runInContext(aContext(), work);
  return {
    ...{ courses, events, media, clock, as },
    publishCourse: new PublishCourse(courses, publisher, unitOfWork),
    deleteCourse: new DeleteCourse(courses, events, unitOfWork, clock),
    saveDraft: new SaveDraft(courses, events, unitOfWork, clock),
    create: async (content: CourseContent) => (await as(() => create.execute(content))).id,
  };
}

describe(PublishCourse.name, () => {
  let office: ReturnType<typeof anOffice>;

  beforeEach(() => {
    office = anOffice();
  });

  const publish = (id: string, seen = 1) => office.as(() => office.publishCourse.execute(id, seen));

  it('makes the draft version 1 and tells about it', async () => {
    const id = await office.create(aContent([anArticle()]));
    const version = await publish(id);
    expect(version).toMatchObject({ courseId: id, number: 1, revision: 1 });
    expect(office.events.appended.at(-1)).toMatchObject({
      type: 'courses.course.published',
      payload: { courseId: id, version: 1, lessons: 1, digest: version.digest },
    });
  });

  it('names all that is missing and publishes nothing', async () => {
    const id = await office.create(aContent([anArticle({ markdown: '' }), aQuiz({ questions: [] })]));
    await expect(publish(id)).rejects.toMatchObject({
      code: 'course.incomplete',
      faults: [
        { pointer: '/content/modules/0/lessons/0/markdown' },
        { pointer: '/content/modules/0/lessons/1/questions' },
      ],
    });
    expect(office.courses.versions).toEqual([]);
  });

  it('wants the files that it mentions to be there and to fit', async () => {
    const [gone, sheet] = [newId(), newId()];
    office.media.files.push({
      id: sheet,
      name: 's',
      contentType: 'text/csv',
      bytes: 1,
      sha256: 'a'.repeat(64),
    });
    const of = (mediaId: string) => aVideo({ source: { kind: 'media', mediaId } });
    const id = await office.create(aContent([of(gone), of(sheet)]));
    await expect(publish(id)).rejects.toMatchObject({
      faults: [
        { pointer: '/content/modules/0/lessons/0/source/mediaId', code: 'media.not_found' },
        { pointer: '/content/modules/0/lessons/1/source/mediaId', code: 'media.wrong_type' },
      ],
    });
  });

  it('publishes only what its author has seen', async () => {
    const id = await office.create(aContent([anArticle()]));
    await office.as(() => office.saveDraft.execute(id, 1, aContent([anArticle()])));
    await expect(publish(id, 1)).rejects.toMatchObject({ code: 'draft.changed' });
    await expect(publish(id, 2)).resolves.toMatchObject({ number: 1 });
  });

  it('publishes nothing twice', async () => {
    const id = await office.create(aContent([anArticle()]));
    await publish(id);
    await expect(publish(id)).rejects.toMatchObject({ code: 'course.nothing_to_publish', kind: 'conflict' });
    await office.as(() => office.saveDraft.describe(id, 1, { summary: 'New' }));
    await expect(publish(id, 2)).resolves.toMatchObject({ number: 2 });
  });
});

describe(DeleteCourse.name, () => {
  it('can be taken back for 30 days and not longer', async () => {
    const { create, as, deleteCourse, clock, events } = anOffice();
    const id = await create(aContent([anArticle()]));
    const restore = () => as(() => deleteCourse.restore(id));
    await expect(restore()).rejects.toMatchObject({ code: 'course.not_deleted' });
    await as(() => deleteCourse.execute(id));
    clock.advance(30 * day);
    await expect(restore()).resolves.toMatchObject({ id, deletedAt: null });
    await as(() => deleteCourse.execute(id));
    clock.advance(30 * day + 1);
    await expect(restore()).rejects.toMatchObject({ code: 'course.restore_expired' });
    expect(events.types.slice(1)).toEqual([
      'courses.course.deleted',
      'courses.course.restored',
      'courses.course.deleted',
    ]);
  });
});
