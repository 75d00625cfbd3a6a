import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  // The application may not change what was answered or granted; this takes a person's words out of it, and only of
  // a person whom the log knows to be erased.
  `CREATE FUNCTION courses.erase_answers(person uuid) RETURNS integer
     LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
   DECLARE
     tenant uuid := app.current_tenant();
     answers bigint;
     grants bigint;
   BEGIN
     IF NOT EXISTS (SELECT FROM events.erasures e WHERE e.tenant_id = tenant AND e.id = person) THEN
       RAISE EXCEPTION 'only of an erased person' USING ERRCODE = 'restrict_violation';
     END IF;
     UPDATE courses.attempts a SET answers = '[]'
       FROM courses.enrolments e
      WHERE a.tenant_id = tenant AND e.tenant_id = tenant AND e.id = a.enrolment_id AND e.user_id = person
        AND a.answers <> '[]'::jsonb;
     GET DIAGNOSTICS answers = ROW_COUNT;
     UPDATE courses.attempt_grants g SET reason = 'erased'
       FROM courses.enrolments e
      WHERE g.tenant_id = tenant AND e.tenant_id = tenant AND e.id = g.enrolment_id AND e.user_id = person
        AND g.reason <> 'erased';
     GET DIAGNOSTICS grants = ROW_COUNT;
     RETURN answers + grants;
   END $$`,
  'REVOKE ALL ON FUNCTION courses.erase_answers(uuid) FROM PUBLIC',
  'GRANT EXECUTE ON FUNCTION courses.erase_answers(uuid) TO harka_app',
];

export class ErasePeople1763700300200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION courses.erase_answers(uuid)');
  }
}
