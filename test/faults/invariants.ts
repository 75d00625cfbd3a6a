import pg from 'pg';

/** Each finds what a write that was torn in two would leave behind in a tenant; none may find anything. */
const halfDone: Readonly<Record<string, string>> = {
  'an enrolment without its event': `
    SELECT e.id FROM courses.enrolments e WHERE e.tenant_id = $1 AND NOT EXISTS (
      SELECT FROM events.events v WHERE v.tenant_id = $1 AND v.type = 'courses.enrolment.created'
         AND v.payload ->> 'enrolmentId' = e.id::text)`,
  'the event of an enrolment that is not there': `
    SELECT v.id FROM events.events v WHERE v.tenant_id = $1 AND v.type = 'courses.enrolment.created'
       AND NOT EXISTS (SELECT FROM courses.enrolments e
                        WHERE e.tenant_id = $1 AND e.id::text = v.payload ->> 'enrolmentId')`,
  'an enrolment that does not count its lessons': `
    SELECT e.id FROM courses.enrolments e WHERE e.tenant_id = $1 AND e.lessons_completed <> (
      SELECT count(*) FROM courses.lesson_progress p
       WHERE p.tenant_id = $1 AND p.enrolment_id = e.id AND p.state = 'completed')`,
  'an enrolment that is complete too early or too late': `
    SELECT e.id FROM courses.enrolments e
     WHERE e.tenant_id = $1 AND (e.lessons_completed = e.lessons_total) <> (e.status = 'completed')`,
  'a completed lesson without exactly one event': `
    SELECT p.lesson_id FROM courses.lesson_progress p
     WHERE p.tenant_id = $1 AND p.state = 'completed' AND 1 <> (
      SELECT count(*) FROM events.events v
       WHERE v.tenant_id = $1 AND v.type = 'courses.lesson.completed'
         AND v.payload ->> 'enrolmentId' = p.enrolment_id::text AND v.payload ->> 'lessonId' = p.lesson_id::text)`,
  'the event of a lesson that is not completed': `
    SELECT v.id FROM events.events v WHERE v.tenant_id = $1 AND v.type = 'courses.lesson.completed'
       AND NOT EXISTS (SELECT FROM courses.lesson_progress p
                        WHERE p.tenant_id = $1 AND p.state = 'completed'
                          AND p.enrolment_id::text = v.payload ->> 'enrolmentId'
                          AND p.lesson_id::text = v.payload ->> 'lessonId')`,
  'an attempt without exactly one event': `
    SELECT a.lesson_id FROM courses.attempts a WHERE a.tenant_id = $1 AND 1 <> (
      SELECT count(*) FROM events.events v
       WHERE v.tenant_id = $1 AND v.type = 'courses.quiz.attempted'
         AND v.payload ->> 'enrolmentId' = a.enrolment_id::text AND v.payload ->> 'lessonId' = a.lesson_id::text
         AND (v.payload ->> 'attempt')::integer = a.number)`,
  'a certificate and a completion that do not go together': `
    SELECT e.id FROM courses.enrolments e
      JOIN courses.versions n ON n.tenant_id = $1 AND n.course_id = e.course_id AND n.number = e.version
      LEFT JOIN courses.certificates c ON c.tenant_id = $1 AND c.enrolment_id = e.id
     WHERE e.tenant_id = $1 AND ((e.status = 'completed' AND n.certificate) <> (c.id IS NOT NULL)
        OR c.id IS DISTINCT FROM e.certificate_id)`,
  'a certificate without exactly one event': `
    SELECT c.id FROM courses.certificates c WHERE c.tenant_id = $1 AND 1 <> (
      SELECT count(*) FROM events.events v
       WHERE v.tenant_id = $1 AND v.type = 'courses.certificate.issued'
         AND v.payload ->> 'certificateId' = c.id::text)`,
  'a course without exactly one event of its making': `
    SELECT c.id FROM courses.courses c WHERE c.tenant_id = $1 AND 1 <> (
      SELECT count(*) FROM events.events v
       WHERE v.tenant_id = $1 AND v.type = 'courses.course.created' AND v.payload ->> 'courseId' = c.id::text)`,
  'a course that does not show its newest version': `
    SELECT c.id FROM courses.courses c WHERE c.tenant_id = $1 AND c.published_version IS DISTINCT FROM (
      SELECT max(n.number) FROM courses.versions n WHERE n.tenant_id = $1 AND n.course_id = c.id)`,
  'a version without all its lessons': `
    SELECT n.course_id FROM courses.versions n WHERE n.tenant_id = $1 AND n.lessons <> (
      SELECT count(*) FROM courses.lessons l
       WHERE l.tenant_id = $1 AND l.course_id = n.course_id AND l.version = n.number)`,
  'a version without exactly one event': `
    SELECT n.course_id FROM courses.versions n WHERE n.tenant_id = $1 AND 1 <> (
      SELECT count(*) FROM events.events v
       WHERE v.tenant_id = $1 AND v.type = 'courses.course.published'
         AND v.payload ->> 'courseId' = n.course_id::text AND (v.payload ->> 'version')::integer = n.number)`,
  'a gap in the order of events': `
    SELECT k.position FROM events.counters k WHERE k.tenant_id = $1 AND NOT EXISTS (
      SELECT FROM events.events v WHERE v.tenant_id = $1
      HAVING count(*) = k.position AND max(v.position) = k.position)`,
};

/** Read models of events: each can be dropped and made again. */
const readModels = [
  'insights.people',
  'insights.enrolments',
  'insights.course_totals',
  'insights.files',
  'insights.activity',
  'insights.audit_entries',
  'courses.people',
  'courses.media_files',
];

/** A look at the rows of one tenant, past every policy. */
export class Ledger {
  private constructor(
    private readonly client: pg.Client,
    private readonly tenantId: string,
  ) {}

  static async open(url: string, tenantId: string): Promise<Ledger> {
    const client = new pg.Client({ connectionString: url });
    // A test that fails leaves it open while the servers end.
    client.on('error', () => undefined);
    await client.connect();
    return new Ledger(client, tenantId);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  async rows<Row extends object>(sql: string, ...values: readonly unknown[]): Promise<Row[]> {
    return (await this.client.query<Row>(sql, [this.tenantId, ...values])).rows;
  }

  /** What was found, by what it would be. */
  async halfDone(): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (const [what, sql] of Object.entries(halfDone)) {
      const { length } = await this.rows(sql);
      if (length > 0) found[what] = length;
    }
    return found;
  }

  /** Without the notes that a replay was ordered, which the comparison itself makes. */
  async digests(): Promise<Record<string, string>> {
    const digests: Record<string, string> = {};
    for (const table of readModels) {
      const notes =
        table === 'insights.audit_entries' ? `AND t.type <> 'insights.projection.replay_ordered'` : '';
      const [row] = await this.rows<{ digest: string }>(
        `SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS digest
           FROM ${table} AS t WHERE t.tenant_id = $1 ${notes}`,
      );
      digests[table] = row?.digest ?? '';
    }
    return digests;
  }
}
