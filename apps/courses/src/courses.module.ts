import { Module, type Provider } from '@nestjs/common';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { Catalogue } from './catalogue/catalogue.read-model.js';
import { HttpBrandSource } from './certificate-pdf/brand.http-client.js';
import { BrandSource } from './certificate-pdf/brand.js';
import { CertificatePrinter } from './certificate-pdf/certificate-printer.js';
import { PdfkitCertificatePrinter } from './certificate-pdf/pdfkit.certificate-printer.js';
import { CertificateController } from './certificate/certificate.controller.js';
import { PgCertificateRepository } from './certificate/certificate.pg-repository.js';
import { CertificateRepository } from './certificate/certificate.repository.js';
import { IssueCertificate } from './certificate/issue-certificate.js';
import { PrintCertificate } from './certificate/print-certificate.use-case.js';
import { ShowCertificate } from './certificate/show-certificate.use-case.js';
import { AuthoredCourses } from './course/authored-course.read-model.js';
import { CoursePublisher } from './course/course-publisher.js';
import { CourseController } from './course/course.controller.js';
import { PgCourseRepository } from './course/course.pg-repository.js';
import { CourseRepository } from './course/course.repository.js';
import { CreateCourse } from './course/create-course.use-case.js';
import { DeleteCourse } from './course/delete-course.use-case.js';
import { ExportCourse } from './course/export-course.use-case.js';
import { GetCourse } from './course/get-course.use-case.js';
import { ImportCourse } from './course/import-course.use-case.js';
import { PreviewLesson } from './course/preview-lesson.use-case.js';
import { PublishCourse } from './course/publish-course.use-case.js';
import { SaveDraft } from './course/save-draft.use-case.js';
import { AssignByCsv } from './enrolment/assign-by-csv.use-case.js';
import { AssignCourse } from './enrolment/assign-course.use-case.js';
import { EnrolMyself } from './enrolment/enrol-myself.use-case.js';
import { EnrolPeople } from './enrolment/enrol-people.js';
import { EnrolmentController } from './enrolment/enrolment.controller.js';
import { PgEnrolmentRepository } from './enrolment/enrolment.pg-repository.js';
import { EnrolmentRepository } from './enrolment/enrolment.repository.js';
import { ManagedEnrolments } from './enrolment/managed-enrolment.read-model.js';
import { Withdraw } from './enrolment/withdraw.use-case.js';
import { ProjectedReadModels } from './freshness/fresh-read-models.projector.js';
import { FreshReadModels } from './freshness/fresh-read-models.js';
import { AdvanceLearner } from './learning/advance-learner.js';
import { LearningController } from './learning/learning.controller.js';
import { PgLearningRepository } from './learning/learning.pg-repository.js';
import { LearningRepository } from './learning/learning.repository.js';
import { MyCourses } from './learning/my-courses.read-model.js';
import { OpenLesson } from './learning/open-lesson.use-case.js';
import { RecordProgress } from './learning/record-progress.use-case.js';
import { SubmitAttempt } from './learning/submit-attempt.use-case.js';
import { MediaLibrary } from './media-file/media-library.js';
import { PgMediaLibrary } from './media-file/media-library.pg-repository.js';
import { DigestCourses } from './onboarding/courses-digest.read-model.js';
import { ImportBundleCourse } from './onboarding/import-bundle-course.use-case.js';
import { ImportBundleEnrolments } from './onboarding/import-bundle-enrolments.use-case.js';
import { OnboardingController } from './onboarding/onboarding.controller.js';
import { FindPeople } from './person/find-people.js';
import { PgPersonRepository } from './person/person.pg-repository.js';
import { PersonRepository } from './person/person.repository.js';

const authoring = [
  AuthoredCourses,
  CoursePublisher,
  CreateCourse,
  DeleteCourse,
  ExportCourse,
  GetCourse,
  ImportCourse,
  PreviewLesson,
  PublishCourse,
  SaveDraft,
];

const enrolling = [
  AssignByCsv,
  AssignCourse,
  EnrolMyself,
  EnrolPeople,
  FindPeople,
  ManagedEnrolments,
  Withdraw,
];

const learning = [AdvanceLearner, Catalogue, MyCourses, OpenLesson, RecordProgress, SubmitAttempt];

const certificates = [IssueCertificate, PrintCertificate, ShowCertificate];

const onboarding = [DigestCourses, ImportBundleCourse, ImportBundleEnrolments];

const adapters = [
  { provide: BrandSource, useClass: HttpBrandSource },
  { provide: CertificatePrinter, useClass: PdfkitCertificatePrinter },
  { provide: CertificateRepository, useClass: PgCertificateRepository },
  { provide: CourseRepository, useClass: PgCourseRepository },
  { provide: EnrolmentRepository, useClass: PgEnrolmentRepository },
  { provide: FreshReadModels, useClass: ProjectedReadModels },
  { provide: LearningRepository, useClass: PgLearningRepository },
  { provide: MediaLibrary, useClass: PgMediaLibrary },
  { provide: PersonRepository, useClass: PgPersonRepository },
];

/** Everything but HTTP. */
export const coursesProviders: Provider[] = [
  ...authoring,
  ...enrolling,
  ...learning,
  ...certificates,
  ...onboarding,
  ...adapters,
];

@Module({
  controllers: [
    CatalogueController,
    CertificateController,
    CourseController,
    EnrolmentController,
    LearningController,
    OnboardingController,
  ],
  providers: coursesProviders,
})
export class CoursesModule {}
