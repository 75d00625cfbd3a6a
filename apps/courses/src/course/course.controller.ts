import { Controller } from '@nestjs/common';
import {
  compareVersions,
  createCourse,
  deleteCourse,
  describeCourse,
  exportCourse,
  getCourse,
  getDraft,
  getPublishedContent,
  importCourse,
  listCourses,
  listHistory,
  listVersions,
  previewLesson,
  publishCourse,
  restoreCourse,
  saveDraft,
  showPublishImpact,
} from '#libs/contracts/courses';
import { Download, Endpoint, Input, withETag, type InputOf, type ResultOf } from '#libs/service';
import { emptyContent } from '../content/content.js';
import { AuthoredCourses } from './authored-course.read-model.js';
import { CompareVersions } from './compare-versions.use-case.js';
import { CourseHistory } from './course-history.read-model.js';
import { authoredCourseOf, courseVersionOf, draftOf } from './course-view.js';
import type { StoredDraft } from './course.js';
import { CreateCourse } from './create-course.use-case.js';
import { DeleteCourse } from './delete-course.use-case.js';
import { ExportCourse } from './export-course.use-case.js';
import { GetCourse } from './get-course.use-case.js';
import { ImportCourse } from './import-course.use-case.js';
import { PreviewLesson } from './preview-lesson.use-case.js';
import { PublishCourse } from './publish-course.use-case.js';
import { SaveDraft } from './save-draft.use-case.js';

@Controller()
export class CourseController {
  constructor(
    private readonly authoredCourses: AuthoredCourses,
    private readonly course: GetCourse,
    private readonly createCourse: CreateCourse,
    private readonly saveDraft: SaveDraft,
    private readonly publishCourse: PublishCourse,
    private readonly deleteCourse: DeleteCourse,
    private readonly previewLesson: PreviewLesson,
    private readonly exportCourse: ExportCourse,
    private readonly importCourse: ImportCourse,
    private readonly compareVersions: CompareVersions,
    private readonly history: CourseHistory,
  ) {}

  @Endpoint(listCourses)
  async list(@Input() { query }: InputOf<typeof listCourses>): Promise<ResultOf<typeof listCourses>> {
    return this.authoredCourses.list(query);
  }

  @Endpoint(createCourse)
  async create(@Input() { body }: InputOf<typeof createCourse>): Promise<ResultOf<typeof createCourse>> {
    return authoredCourseOf(await this.createCourse.execute(emptyContent(body.title, body.language)));
  }

  @Endpoint(importCourse)
  async import(@Input() { body }: InputOf<typeof importCourse>): Promise<ResultOf<typeof importCourse>> {
    return draftOf(await this.importCourse.execute(body));
  }

  @Endpoint(getCourse)
  async get(@Input() { params }: InputOf<typeof getCourse>): Promise<ResultOf<typeof getCourse>> {
    return authoredCourseOf(await this.course.execute(params.courseId));
  }

  @Endpoint(describeCourse)
  async describe(
    @Input() { params, body, ifMatch }: InputOf<typeof describeCourse>,
  ): Promise<ResultOf<typeof describeCourse>> {
    return tagged(await this.saveDraft.describe(params.courseId, Number(ifMatch), body));
  }

  @Endpoint(deleteCourse)
  async delete(@Input() { params }: InputOf<typeof deleteCourse>): Promise<undefined> {
    await this.deleteCourse.execute(params.courseId);
  }

  @Endpoint(restoreCourse)
  async restore(@Input() { params }: InputOf<typeof restoreCourse>): Promise<ResultOf<typeof restoreCourse>> {
    return authoredCourseOf(await this.deleteCourse.restore(params.courseId));
  }

  @Endpoint(getDraft)
  async draft(@Input() { params }: InputOf<typeof getDraft>): Promise<ResultOf<typeof getDraft>> {
    return tagged(await this.course.draft(params.courseId));
  }

  @Endpoint(saveDraft)
  async save(
    @Input() { params, body, ifMatch }: InputOf<typeof saveDraft>,
  ): Promise<ResultOf<typeof saveDraft>> {
    return tagged(await this.saveDraft.execute(params.courseId, Number(ifMatch), body.content));
  }

  @Endpoint(previewLesson)
  async preview(@Input() { params }: InputOf<typeof previewLesson>): Promise<ResultOf<typeof previewLesson>> {
    return this.previewLesson.execute(params.courseId, params.lessonId);
  }

  @Endpoint(publishCourse)
  async publish(
    @Input() { params, ifMatch }: InputOf<typeof publishCourse>,
  ): Promise<ResultOf<typeof publishCourse>> {
    return courseVersionOf(await this.publishCourse.execute(params.courseId, Number(ifMatch)));
  }

  @Endpoint(listVersions)
  async versions(
    @Input() { params, query }: InputOf<typeof listVersions>,
  ): Promise<ResultOf<typeof listVersions>> {
    return this.authoredCourses.versions(params.courseId, query);
  }

  @Endpoint(listHistory)
  async listHistory(
    @Input() { params, query }: InputOf<typeof listHistory>,
  ): Promise<ResultOf<typeof listHistory>> {
    return this.history.list(params.courseId, query);
  }

  @Endpoint(getPublishedContent)
  async publishedContent(
    @Input() { params, query }: InputOf<typeof getPublishedContent>,
  ): Promise<ResultOf<typeof getPublishedContent>> {
    return this.compareVersions.content(params.courseId, query.version);
  }

  @Endpoint(compareVersions)
  async compare(
    @Input() { params, query }: InputOf<typeof compareVersions>,
  ): Promise<ResultOf<typeof compareVersions>> {
    return this.compareVersions.execute(params.courseId, query.from, query.to);
  }

  @Endpoint(showPublishImpact)
  async impact(
    @Input() { params }: InputOf<typeof showPublishImpact>,
  ): Promise<ResultOf<typeof showPublishImpact>> {
    return this.compareVersions.impact(params.courseId);
  }

  @Endpoint(exportCourse)
  async export(
    @Input() { params, query }: InputOf<typeof exportCourse>,
  ): Promise<ResultOf<typeof exportCourse>> {
    const file = await this.exportCourse.execute(params.courseId, query.version);
    return new Download(JSON.stringify(file, null, 2), {
      contentType: 'application/json; charset=utf-8',
      headers: { 'content-disposition': 'attachment; filename="course.harka.json"' },
    });
  }
}

function tagged(draft: StoredDraft) {
  return withETag(draftOf(draft), draft.revision);
}
