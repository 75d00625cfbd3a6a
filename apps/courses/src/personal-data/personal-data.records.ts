import { ERASED_NAME } from '#libs/contracts';
import { coursesPersonErased } from '#libs/contracts/courses';
import type { PersonalRecord, PersonalRecords } from '#libs/service';

const ofPerson = `SELECT e.id FROM courses.enrolments e WHERE e.user_id = $1`;

/** With the title as it is today: a number of a course says nothing to who reads it. */
const titled = (columns: string, from: string) => `
  SELECT c.title AS course, ${columns} FROM ${from}
    JOIN courses.courses c ON c.tenant_id = e.tenant_id AND c.id = e.course_id
   WHERE e.user_id = $1`;
const within = (table: string, alias: string) => `courses.${table} ${alias}
    JOIN courses.enrolments e ON e.tenant_id = ${alias}.tenant_id AND e.id = ${alias}.enrolment_id`;

const records: readonly PersonalRecord[] = [
  {
    section: 'person',
    read: `
      SELECT name, email, role, status, department, team, locale, manager_id, joined_at
        FROM courses.people WHERE id = $1`,
    erase: [
      `UPDATE courses.people
          SET name = '${ERASED_NAME}', email = 'erased-' || id || '@erased.invalid', department = NULL, team = NULL,
              locale = NULL, manager_id = NULL
        WHERE id = $1`,
    ],
  },
  {
    section: 'enrolments',
    read: `${titled(
      `e.version, e.source, e.status, e.lessons_completed, e.lessons_total, e.due_at, e.enrolled_at, e.started_at,
         e.last_active_at, e.completed_at`,
      'courses.enrolments e',
    )} ORDER BY e.id`,
    // How many took the course and got through it stays true; nobody is reminded of it any more.
    erase: [`DELETE FROM courses.deadlines WHERE enrolment_id IN (${ofPerson})`],
  },
  {
    section: 'lesson_progress',
    read: `${titled(
      'p.lesson_id, p.state, p.position_seconds, p.started_at, p.completed_at',
      within('lesson_progress', 'p'),
    )} ORDER BY p.started_at`,
    erase: [],
  },
  {
    section: 'quiz_attempts',
    read: `${titled(
      'a.lesson_id, a.number, a.answers, a.score, a.passed, a.submitted_at',
      within('attempts', 'a'),
    )} ORDER BY a.submitted_at`,
    erase: ['SELECT courses.erase_answers($1) AS rows'],
  },
  {
    section: 'quiz_attempts_granted',
    read: `${titled('g.lesson_id, g.attempts, g.reason, g.granted_at', within('attempt_grants', 'g'))} ORDER BY g.id`,
    // With the answers.
    erase: [],
  },
  {
    section: 'notes',
    read: `${titled('n.lesson_id, n.text, n.updated_at', within('notes', 'n'))} ORDER BY n.updated_at`,
    erase: [`DELETE FROM courses.notes WHERE enrolment_id IN (${ofPerson})`],
  },
  {
    section: 'certificates',
    read: `
      SELECT id, course_title, learner_name, language, issued_at, revoked_at, revocation_reason
        FROM courses.certificates WHERE user_id = $1 ORDER BY id`,
    // That it was issued can still be verified, not to whom.
    erase: [
      `UPDATE courses.certificates SET learner_name = '${ERASED_NAME}', revocation_reason = NULL WHERE user_id = $1`,
    ],
  },
  {
    section: 'assigned_by_rules',
    read: `
      SELECT r.name AS rule, c.title AS course, a.due_at, a.assigned_at
        FROM courses.rule_assignments a
        JOIN courses.rules r ON r.tenant_id = a.tenant_id AND r.id = a.rule_id
        JOIN courses.courses c ON c.tenant_id = a.tenant_id AND c.id = a.course_id
       WHERE a.user_id = $1 ORDER BY a.assigned_at`,
    erase: [],
  },
  {
    section: 'courses_created',
    read: 'SELECT id, title, created_at, published_at FROM courses.courses WHERE created_by = $1 ORDER BY id',
    erase: [],
  },
];

/** What courses holds about people. */
export const coursesPersonal: PersonalRecords = { records, erased: coursesPersonErased };
