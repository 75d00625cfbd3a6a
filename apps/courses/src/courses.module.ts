import { Module, type Provider } from '@nestjs/common';
import { AttemptGrantController } from './attempt-grant/attempt-grant.controller.js';
import { PgAttemptGrants } from './attempt-grant/attempt-grant.pg-repository.js';
import { AttemptGrants } from './attempt-grant/attempt-grant.repository.js';
import { GrantAttempts } from './attempt-grant/grant-attempts.use-case.js';
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
import { RevokeCertificate } from './certificate/revoke-certificate.use-case.js';
import { ShowCertificate } from './certificate/show-certificate.use-case.js';
import { AuthoredCourses } from './course/authored-course.read-model.js';
import { CompareVersions } from './course/compare-versions.use-case.js';
import { CourseHistory } from './course/course-history.read-model.js';
import { CoursePublisher } from './course/course-publisher.js';
import { CourseController } from './course/course.controller.js';
import { CoursePurger } from './course/course.purger.js';
import { PgCourseRepository } from './course/course.pg-repository.js';
import { CourseRepository } from './course/course.repository.js';
import { CreateCourse } from './course/create-course.use-case.js';
import { DeleteCourse } from './course/delete-course.use-case.js';
import { ExportCourse } from './course/export-course.use-case.js';
import { GetCourse } from './course/get-course.use-case.js';
import { ImportCourse } from './course/import-course.use-case.js';
import { PreviewLesson } from './course/preview-lesson.use-case.js';
import { PublishCourse } from './course/publish-course.use-case.js';
import { PurgeCourse } from './course/purge-course.use-case.js';
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
import { NoteController } from './note/note.controller.js';
import { PgNoteRepository } from './note/note.pg-repository.js';
import { NoteRepository } from './note/note.repository.js';
import { ReadNotes } from './note/read-notes.use-case.js';
import { SaveNote } from './note/save-note.use-case.js';
import { DigestCourses } from './onboarding/courses-digest.read-model.js';
import { ImportBundleCourse } from './onboarding/import-bundle-course.use-case.js';
import { ImportBundleEnrolments } from './onboarding/import-bundle-enrolments.use-case.js';
import { OnboardingController } from './onboarding/onboarding.controller.js';
import { PersonalDataController } from './personal-data/personal-data.controller.js';
import { PersonalDataReader } from './personal-data/personal-data.reader.js';
import { FindPeople } from './person/find-people.js';
import { PgPersonRepository } from './person/person.pg-repository.js';
import { PersonRepository } from './person/person.repository.js';
import { PgDeadlines } from './reminder/deadline.pg-repository.js';
import { Deadlines } from './reminder/deadline.repository.js';
import { ReminderRunner } from './reminder/reminder.runner.js';
import { SendReminders } from './reminder/send-reminders.use-case.js';
import { RenewEnrolments } from './renewal/renew-enrolments.use-case.js';
import { PgRenewals } from './renewal/renewal.pg-repository.js';
import { Renewals } from './renewal/renewal.repository.js';
import { ExportReport } from './report/export-report.use-case.js';
import { MyTeamReport } from './report/my-team.read-model.js';
import { ReportShelf } from './report/report-shelf.js';
import { ReportController } from './report/report.controller.js';
import { Reports } from './report/report.read-model.js';
import { ApplyRule } from './rule/apply-rule.use-case.js';
import { AssignByRules } from './rule/assign-by-rules.js';
import { NameTeams } from './rule/name-teams.js';
import { RuleController } from './rule/rule.controller.js';
import { PgRuleRepository } from './rule/rule.pg-repository.js';
import { RuleReactions } from './rule/rule.reactions.js';
import { Rules } from './rule/rule.read-model.js';
import { RuleRepository } from './rule/rule.repository.js';
import { SaveRule } from './rule/save-rule.use-case.js';
import { PgTeamRepository } from './team/team.pg-repository.js';
import { TeamRepository } from './team/team.repository.js';

const authoring = [
  AuthoredCourses,
  CompareVersions,
  CourseHistory,
  CoursePublisher,
  CreateCourse,
  DeleteCourse,
  ExportCourse,
  GetCourse,
  ImportCourse,
  PreviewLesson,
  PublishCourse,
  PurgeCourse,
  SaveDraft,
];

const enrolling = [
  AssignByCsv,
  AssignCourse,
  EnrolMyself,
  EnrolPeople,
  FindPeople,
  GrantAttempts,
  ManagedEnrolments,
  Withdraw,
];

const learning = [
  AdvanceLearner,
  Catalogue,
  MyCourses,
  OpenLesson,
  ReadNotes,
  RecordProgress,
  SaveNote,
  SubmitAttempt,
];

const certificates = [IssueCertificate, PrintCertificate, RevokeCertificate, ShowCertificate];

const rules = [
  ApplyRule,
  AssignByRules,
  NameTeams,
  RenewEnrolments,
  RuleReactions,
  Rules,
  SaveRule,
  SendReminders,
];

const reports = [ExportReport, MyTeamReport, Reports, ReportShelf];

const onboarding = [DigestCourses, ImportBundleCourse, ImportBundleEnrolments];

const personalData = [PersonalDataReader];

const adapters = [
  { provide: AttemptGrants, useClass: PgAttemptGrants },
  { provide: BrandSource, useClass: HttpBrandSource },
  { provide: CertificatePrinter, useClass: PdfkitCertificatePrinter },
  { provide: CertificateRepository, useClass: PgCertificateRepository },
  { provide: CourseRepository, useClass: PgCourseRepository },
  { provide: Deadlines, useClass: PgDeadlines },
  { provide: EnrolmentRepository, useClass: PgEnrolmentRepository },
  { provide: FreshReadModels, useClass: ProjectedReadModels },
  { provide: LearningRepository, useClass: PgLearningRepository },
  { provide: MediaLibrary, useClass: PgMediaLibrary },
  { provide: NoteRepository, useClass: PgNoteRepository },
  { provide: PersonRepository, useClass: PgPersonRepository },
  { provide: Renewals, useClass: PgRenewals },
  { provide: RuleRepository, useClass: PgRuleRepository },
  { provide: TeamRepository, useClass: PgTeamRepository },
];

/** Everything but HTTP. */
export const coursesProviders: Provider[] = [
  ...authoring,
  ...enrolling,
  ...learning,
  ...certificates,
  ...rules,
  ...reports,
  ...onboarding,
  ...personalData,
  ...adapters,
];

@Module({
  controllers: [
    AttemptGrantController,
    CatalogueController,
    CertificateController,
    CourseController,
    EnrolmentController,
    LearningController,
    NoteController,
    OnboardingController,
    PersonalDataController,
    ReportController,
    RuleController,
  ],
  providers: [...coursesProviders, CoursePurger, ReminderRunner],
})
export class CoursesModule {}
