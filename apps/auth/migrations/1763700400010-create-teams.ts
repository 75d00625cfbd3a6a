import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE auth.teams (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
     sort_name text GENERATED ALWAYS AS (lower(name)) STORED,
     version integer NOT NULL DEFAULT 1,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     PRIMARY KEY (tenant_id, id),
     CONSTRAINT teams_name_key UNIQUE (tenant_id, sort_name)
   )`,
  `CREATE TABLE auth.team_leads (
     tenant_id uuid NOT NULL,
     team_id uuid NOT NULL,
     user_id uuid NOT NULL,
     PRIMARY KEY (tenant_id, team_id, user_id),
     FOREIGN KEY (tenant_id, team_id) REFERENCES auth.teams (tenant_id, id) ON DELETE CASCADE,
     CONSTRAINT team_leads_user_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES auth.users (tenant_id, id)
   )`,
  'CREATE INDEX team_leads_tenant_user_idx ON auth.team_leads (tenant_id, user_id)',
  ...protectTable('auth.teams'),
  ...protectTable('auth.team_leads'),

  'ALTER TABLE auth.users ADD COLUMN team_id uuid',
  `ALTER TABLE auth.users ADD CONSTRAINT users_team_fkey
     FOREIGN KEY (tenant_id, team_id) REFERENCES auth.teams (tenant_id, id)`,
  'CREATE INDEX users_tenant_team_idx ON auth.users (tenant_id, team_id)',
  'CREATE INDEX users_tenant_department_idx ON auth.users (tenant_id, department)',

  // The release before this one writes the name alone: whoever writes a name gets the team of that name, as it is spelled there.
  `CREATE FUNCTION auth.follow_team_name() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
   DECLARE
     known record;
   BEGIN
     IF NEW.team IS NULL THEN
       NEW.team_id := NULL;
       RETURN NEW;
     END IF;
     SELECT t.id, t.name INTO known FROM auth.teams t
       WHERE t.tenant_id = NEW.tenant_id AND t.sort_name = lower(NEW.team);
     IF NOT FOUND THEN
       INSERT INTO auth.teams (tenant_id, id, name, created_at, updated_at)
       VALUES (NEW.tenant_id, gen_random_uuid(), NEW.team, now(), now())
       ON CONFLICT ON CONSTRAINT teams_name_key DO NOTHING;
       SELECT t.id, t.name INTO known FROM auth.teams t
         WHERE t.tenant_id = NEW.tenant_id AND t.sort_name = lower(NEW.team);
     END IF;
     NEW.team_id := known.id;
     NEW.team := known.name;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER users_follow_team_name BEFORE INSERT OR UPDATE OF team ON auth.users
     FOR EACH ROW EXECUTE FUNCTION auth.follow_team_name()`,

  // Tenant by tenant, each entered: what is here already gets its teams, and nobody with a team may be left without one.
  `DO $$
   DECLARE
     fence record;
     left_out bigint;
   BEGIN
     FOR fence IN SELECT tenant_id, epoch FROM app.tenant_fence WHERE state = 'active' LOOP
       PERFORM app.enter_tenant(fence.tenant_id, fence.epoch);
       UPDATE auth.users SET team = team WHERE team IS NOT NULL AND tenant_id = fence.tenant_id;
       SELECT count(*) INTO left_out FROM auth.users WHERE team IS NOT NULL AND team_id IS NULL;
       IF left_out > 0 THEN
         RAISE EXCEPTION '% people of tenant % have no team', left_out, fence.tenant_id;
       END IF;
     END LOOP;
     PERFORM set_config('app.current_tenant', '', true);
   END $$`,
];

/** Expand: teams as things of their own. The column `team` keeps the name until no release reads it any more. */
export class CreateTeams1763700400010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER users_follow_team_name ON auth.users');
    await runner.query('DROP FUNCTION auth.follow_team_name()');
    await runner.query('ALTER TABLE auth.users DROP COLUMN team_id');
    await runner.query('DROP TABLE auth.team_leads, auth.teams');
  }
}
