import {
  userActivated,
  userCreated,
  userDeactivated,
  userErased,
  userInvited,
  userReactivated,
  userUpdated,
} from '#libs/contracts/auth';
import {
  enrolmentCompleted,
  enrolmentCreated,
  enrolmentRenewed,
  enrolmentWithdrawn,
  lessonCompleted,
  lessonStarted,
  quizAttempted,
} from '#libs/contracts/courses';
import { mediaDeleted, mediaStored } from '#libs/contracts/media';
import { defineProjection } from '#libs/events';

const PUT_PERSON = `
  INSERT INTO insights.people (tenant_id, id, name, email, status)
  VALUES (app.current_tenant(), $1, $2, $3, $4)
  ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, email = excluded.email, status = excluded.status`;

/** Null leaves what is known as it is. The course's totals move by the difference that the event makes. */
const PUT_ENROLMENT = `
  WITH before AS (
    SELECT is_enrolled, is_completed, progress FROM insights.enrolments WHERE id = $1
  ), after AS (
    INSERT INTO insights.enrolments AS e (tenant_id, id, course_id, is_enrolled, is_completed, progress)
    VALUES (app.current_tenant(), $1, $2, coalesce($3::boolean, true), coalesce($4::boolean, false), $5)
    ON CONFLICT (tenant_id, id) DO UPDATE
       SET is_enrolled = coalesce($3::boolean, e.is_enrolled),
           is_completed = coalesce($4::boolean, e.is_completed),
           progress = excluded.progress
    RETURNING is_enrolled, is_completed, progress
  )
  INSERT INTO insights.course_totals AS t (tenant_id, id, enrolled, completed, progress)
  SELECT app.current_tenant(), $2,
         a.is_enrolled::int - coalesce(b.is_enrolled::int, 0),
         a.is_completed::int - coalesce(b.is_completed::int, 0),
         a.is_enrolled::int * a.progress - coalesce(b.is_enrolled::int * b.progress, 0)
    FROM after a LEFT JOIN before b ON true
  ON CONFLICT (tenant_id, id) DO UPDATE
     SET enrolled = t.enrolled + excluded.enrolled,
         completed = t.completed + excluded.completed,
         progress = t.progress + excluded.progress`;

const PUT_FILE = `
  INSERT INTO insights.files (tenant_id, id, bytes) VALUES (app.current_tenant(), $1, $2)
  ON CONFLICT (tenant_id, id) DO UPDATE SET bytes = excluded.bytes`;

const REMOVE_FILE = 'DELETE FROM insights.files WHERE id = $1';

interface Change {
  readonly isEnrolled: boolean | null;
  readonly isCompleted: boolean | null;
}

const noChange: Change = { isEnrolled: null, isCompleted: null };

/** What each event about an enrolment says about it, besides the progress that all of them carry. */
const changes = {
  'courses.enrolment.created': { isEnrolled: true, isCompleted: null },
  'courses.enrolment.completed': { isEnrolled: null, isCompleted: true },
  'courses.enrolment.renewed': { isEnrolled: true, isCompleted: false },
  'courses.enrolment.withdrawn': { isEnrolled: false, isCompleted: null },
  'courses.lesson.started': noChange,
  'courses.lesson.completed': noChange,
  'courses.quiz.attempted': noChange,
} as const satisfies Record<string, Change>;

/** People, enrolments with their progress, and stored files: what the tenant's dashboard counts. */
export const dashboard = defineProjection({
  name: 'insights.dashboard',
  tables: ['insights.people', 'insights.enrolments', 'insights.course_totals', 'insights.files'],
  events: [
    userCreated,
    userUpdated,
    userActivated,
    userDeactivated,
    userErased,
    userReactivated,
    userInvited,
    enrolmentCreated,
    enrolmentCompleted,
    enrolmentRenewed,
    enrolmentWithdrawn,
    lessonStarted,
    lessonCompleted,
    quizAttempted,
    mediaStored,
    mediaDeleted,
  ],
  apply: async (event, { query }) => {
    switch (event.type) {
      case 'auth.user.created':
      case 'auth.user.updated':
      case 'auth.user.activated':
      case 'auth.user.deactivated':
      case 'auth.user.erased':
      case 'auth.user.reactivated':
      case 'auth.user.invited': {
        const { userId, name, email, status } = event.payload;
        await query(PUT_PERSON, [userId, name, email, status]);
        break;
      }
      case 'courses.enrolment.created':
      case 'courses.enrolment.completed':
      case 'courses.enrolment.renewed':
      case 'courses.enrolment.withdrawn':
      case 'courses.lesson.started':
      case 'courses.lesson.completed':
      case 'courses.quiz.attempted': {
        const { enrolmentId, courseId, progress } = event.payload;
        const { isEnrolled, isCompleted } = changes[event.type];
        const hundredths = Math.round(progress * 10_000);
        await query(PUT_ENROLMENT, [enrolmentId, courseId, isEnrolled, isCompleted, hundredths]);
        break;
      }
      case 'media.object.stored':
        await query(PUT_FILE, [event.payload.mediaId, event.payload.bytes]);
        break;
      case 'media.object.deleted':
        await query(REMOVE_FILE, [event.payload.mediaId]);
        break;
    }
  },
});
