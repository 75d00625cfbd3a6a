import { protectTable } from '#libs/database';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const search = [
  // Case and accents do not count. Marks go before lower(), which under the C locale knows ASCII only.
  String.raw`CREATE FUNCTION courses.fold(given text) RETURNS text
     LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
     RETURN lower(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]', '', 'g'))`,
  // Built-in stemmers only; any other language is searched by whole words and their beginnings.
  `CREATE FUNCTION courses.text_config(language text) RETURNS regconfig
     LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
     RETURN CASE split_part(language, '-', 1)
       WHEN 'en' THEN 'pg_catalog.english'::regconfig
       WHEN 'de' THEN 'pg_catalog.german'::regconfig
       WHEN 'fr' THEN 'pg_catalog.french'::regconfig
       WHEN 'es' THEN 'pg_catalog.spanish'::regconfig
       WHEN 'it' THEN 'pg_catalog.italian'::regconfig
       WHEN 'nl' THEN 'pg_catalog.dutch'::regconfig
       WHEN 'pt' THEN 'pg_catalog.portuguese'::regconfig
       WHEN 'sv' THEN 'pg_catalog.swedish'::regconfig
       WHEN 'da' THEN 'pg_catalog.danish'::regconfig
       WHEN 'no' THEN 'pg_catalog.norwegian'::regconfig
       WHEN 'nb' THEN 'pg_catalog.norwegian'::regconfig
       WHEN 'fi' THEN 'pg_catalog.finnish'::regconfig
       ELSE 'pg_catalog.simple'::regconfig
     END`,
  // Words as written and their stems, so that both a beginning ("secur") and another form ("securing") find "security".
  `CREATE FUNCTION courses.search_words(given text, language text) RETURNS tsvector
     LANGUAGE sql IMMUTABLE PARALLEL SAFE
     RETURN to_tsvector('pg_catalog.simple'::regconfig, courses.fold(given))
         || to_tsvector(courses.text_config(language), courses.fold(given))`,
  `CREATE FUNCTION courses.search_document(title text, tags text[], summary text, contents text, language text)
     RETURNS tsvector
     LANGUAGE sql IMMUTABLE PARALLEL SAFE
     RETURN setweight(courses.search_words(title, language), 'A')
         || setweight(courses.search_words(array_to_string(tags, ' '), language), 'B')
         || setweight(courses.search_words(summary, language), 'C')
         || setweight(courses.search_words(contents, language), 'D')`,
];

const tables = [
  // What learners see of a course: it changes with a publication, never with a draft.
  `CREATE TABLE courses.courses (
     tenant_id uuid NOT NULL,
     id uuid NOT NULL,
     external_key text CHECK (char_length(external_key) BETWEEN 1 AND 63),
     title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
     summary text NOT NULL DEFAULT '' CHECK (char_length(summary) <= 1000),
     language text NOT NULL DEFAULT 'en',
     cover_url text,
     estimated_minutes integer NOT NULL DEFAULT 0 CHECK (estimated_minutes >= 0),
     tags text[] NOT NULL DEFAULT '{}',
     certificate boolean NOT NULL DEFAULT true,
     lessons integer NOT NULL DEFAULT 0 CHECK (lessons >= 0),
     contents text NOT NULL DEFAULT '',
     published_version integer CHECK (published_version > 0),
     published_revision integer,
     published_at timestamptz,
     created_by uuid,
     created_at timestamptz NOT NULL,
     deleted_at timestamptz,
     search tsvector GENERATED ALWAYS AS
       (courses.search_document(title, tags, summary, contents, language)) STORED,
     PRIMARY KEY (tenant_id, id),
     UNIQUE (tenant_id, external_key),
     CHECK ((published_version IS NULL) = (published_at IS NULL))
   )`,
  'CREATE INDEX courses_tenant_published_idx ON courses.courses (tenant_id, published_at DESC, id DESC)',

  `CREATE TABLE courses.drafts (
     tenant_id uuid NOT NULL,
     course_id uuid NOT NULL,
     revision integer NOT NULL CHECK (revision > 0),
     title text NOT NULL,
     content jsonb NOT NULL,
     updated_at timestamptz NOT NULL,
     updated_by uuid,
     PRIMARY KEY (tenant_id, course_id),
     FOREIGN KEY (tenant_id, course_id) REFERENCES courses.courses (tenant_id, id)
   )`,
  'CREATE INDEX drafts_tenant_updated_idx ON courses.drafts (tenant_id, updated_at DESC, course_id DESC)',

  `CREATE TABLE courses.versions (
     tenant_id uuid NOT NULL,
     course_id uuid NOT NULL,
     number integer NOT NULL CHECK (number > 0),
     title text NOT NULL,
     -- The content without its modules.
     description jsonb NOT NULL,
     -- Modules and lessons by id, title, kind and minutes: all that a table of contents needs.
     outline jsonb NOT NULL,
     lessons integer NOT NULL CHECK (lessons > 0),
     first_lesson_id uuid NOT NULL,
     certificate boolean NOT NULL,
     digest text NOT NULL,
     published_at timestamptz NOT NULL,
     published_by uuid,
     PRIMARY KEY (tenant_id, course_id, number),
     FOREIGN KEY (tenant_id, course_id) REFERENCES courses.courses (tenant_id, id)
   )`,
  `CREATE TABLE courses.lessons (
     tenant_id uuid NOT NULL,
     course_id uuid NOT NULL,
     version integer NOT NULL,
     id uuid NOT NULL,
     position integer NOT NULL CHECK (position >= 0),
     kind text NOT NULL CHECK (kind IN ('article', 'video', 'file', 'quiz')),
     content jsonb NOT NULL,
     PRIMARY KEY (tenant_id, course_id, version, id),
     UNIQUE (tenant_id, course_id, version, position),
     FOREIGN KEY (tenant_id, course_id, version) REFERENCES courses.versions (tenant_id, course_id, number)
   )`,

  // The application has no right to change what is published; this holds back the owner's hand too.
  `CREATE FUNCTION courses.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'restrict_violation';
   END $$`,
  ...['versions', 'lessons'].map(
    (table) => `CREATE TRIGGER ${table}_never_change BEFORE UPDATE ON courses.${table}
     FOR EACH ROW EXECUTE FUNCTION courses.refuse_change()`,
  ),
];

const statements = [
  'CREATE SCHEMA IF NOT EXISTS courses',
  'GRANT USAGE ON SCHEMA courses TO harka_app',
  ...search,
  ...tables,
  ...protectTable('courses.courses'),
  ...protectTable('courses.drafts'),
  ...protectTable('courses.versions', 'append'),
  ...protectTable('courses.lessons', 'append'),
];

export class CreateCourses1763700300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE courses.lessons, courses.versions, courses.drafts, courses.courses');
    await runner.query('DROP FUNCTION courses.refuse_change()');
    await runner.query('DROP FUNCTION courses.search_document(text, text[], text, text, text)');
    await runner.query('DROP FUNCTION courses.search_words(text, text)');
    await runner.query('DROP FUNCTION courses.text_config(text)');
    await runner.query('DROP FUNCTION courses.fold(text)');
  }
}
