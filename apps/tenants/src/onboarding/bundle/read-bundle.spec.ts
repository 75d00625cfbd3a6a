import { describe, expect, it } from '@jest/globals';
import { aFolder, altered } from './bundle.fake-folder.js';
import { digestOf } from './bundle.js';
import { Issues } from './issues.js';
import { readBundle } from './read-bundle.js';

function read(changes: Parameters<typeof aFolder>[0] = {}) {
  const issues = new Issues();
  const { bundle } = readBundle(aFolder(changes), issues);
  return { bundle, issues: issues.list() };
}

/** `file:line:column code`, as short as a compiler says it. */
function told(changes: Parameters<typeof aFolder>[0]): string[] {
  return read(changes).issues.map(
    ({ file, line, column, code }) => `${file}:${line ?? '-'}:${column ?? '-'} ${code}`,
  );
}

const quizFile = 'courses/safety/02-check.quiz.yaml';

describe(readBundle.name, () => {
  it('reads a folder without fault', () => {
    const { bundle, issues } = read();
    expect(issues).toEqual([]);
    expect(bundle).toMatchObject({
      tenant: { slug: 'acme', logo: 'brand/logo.svg', settings: { registration: 'invite', locale: 'en' } },
      enrolments: [{ email: 'learner@acme.example', course: 'safety', dueAt: '2026-12-31T23:59:59Z' }],
      courses: [{ key: 'safety', files: ['courses/safety/plan.txt'] }],
    });
    expect(bundle?.courses[0]?.content.modules[0]?.lessons.map(({ kind }) => kind)).toEqual([
      'article',
      'quiz',
      'file',
    ]);
  });

  it('puts managers before the people they manage', () => {
    expect(read().bundle?.users.map(({ email }) => email)).toEqual([
      'owner@acme.example',
      'lead@acme.example',
      'learner@acme.example',
    ]);
  });

  it.each([
    ['users.csv', 'learner,Line 1', 'pupil,Line 1', 'users.csv:2:32 role_unknown'],
    ['users.csv', 'A Learner,learner', '"A, ""L""",pupil', 'users.csv:2:33 role_unknown'],
    ['users.csv', 'lead@acme.example,A Lead', 'learner@acme.example,A Lead', 'users.csv:3:1 email_twice'],
    ['users.csv', 'lead@acme.example,A Lead', 'LEARNER@acme.example,A Lead', 'users.csv:3:1 email_twice'],
    ['users.csv', ',owner@acme.example\n', ',boss@acme.example\n', 'users.csv:3:55 manager_unknown'],
    ['users.csv', 'owner@acme.example,An', 'owner@acme,An', 'users.csv:4:1 email_invalid'],
    ['users.csv', 'An Owner', '', 'users.csv:4:20 field_missing'],
    ['users.csv', ',role,', ',job,', 'users.csv:1:1 csv_column_missing'],
    ['users.csv', 'owner,,,', 'owner,,', 'users.csv:4:1 csv_field_count'],
    ['users.csv', 'An Owner,owner', '"An Owner,owner', 'users.csv:4:1 csv_malformed'],
    ['enrolments.csv', 'learner@', 'pupil@', 'enrolments.csv:2:1 user_unknown'],
    ['enrolments.csv', 'safety', 'fire', 'enrolments.csv:2:22 course_unknown'],
    ['enrolments.csv', '2026-12-31', '31.12.2026', 'enrolments.csv:2:29 date_invalid'],
    ['tenant.yaml', 'slug: acme', 'slug: admin', 'tenant.yaml:1:7 field_invalid'],
    ['tenant.yaml', 'slug: acme', 'slug: Acme!', 'tenant.yaml:1:7 field_invalid'],
    ['tenant.yaml', 'plan: starter', 'plan: gold', 'tenant.yaml:3:7 field_invalid'],
    ['tenant.yaml', '"#9a3412"', '"#ffcc00"', 'tenant.yaml:5:17 contrast_too_low'],
    ['tenant.yaml', '"#9a3412"', '#9a3412', 'tenant.yaml:5:17 field_invalid'],
    ['tenant.yaml', 'name: Acme', 'nmae: Acme', 'tenant.yaml:2:1 unknown_field'],
    ['tenant.yaml', 'brand/logo.svg', 'brand/logo.png', 'tenant.yaml:7:9 file_missing'],
    [quizFile, '        correct: true\n', '', `${quizFile}:3:5 answer_missing`],
    [quizFile, 'text: 911', 'text: 911\n        correct: true', `${quizFile}:3:5 answers_too_many`],
    [quizFile, '[wood]', '[]', `${quizFile}:9:5 answer_missing`],
    [quizFile, 'kind: short', 'kind: essay', `${quizFile}:9:11 field_invalid`],
    [quizFile, 'questions:', 'questions: [', `${quizFile}:3:3 yaml_malformed`],
    ['courses/safety/course.yaml', '01-why.md', '01-who.md', 'courses/safety/course.yaml:5:9 lesson_missing'],
    [
      'courses/safety/course.yaml',
      '02-check.quiz.yaml',
      '01-why.md',
      'courses/safety/course.yaml:6:9 lesson_twice',
    ],
    [
      'courses/safety/01-why.md',
      'minutes: 5',
      'minutes: five',
      'courses/safety/01-why.md:3:10 field_invalid',
    ],
    ['courses/safety/01-why.md', 'Because it **burns**.', '', 'courses/safety/01-why.md:-:- lesson_empty'],
    ['courses/safety/01-why.md', '---\ntitle', 'title', 'courses/safety/01-why.md:1:1 front_matter_missing'],
    [
      'courses/safety/03-plan.file.yaml',
      'plan.txt',
      'plan.pdf',
      'courses/safety/03-plan.file.yaml:2:7 file_missing',
    ],
  ])('tells the place in %s when %j became %j', (file, passage, by, expected) => {
    expect(told(altered(file, passage, by))).toContain(expected);
  });

  it('tells what nothing refers to', () => {
    expect(
      told({ 'courses/safety/09-left.md': '---\ntitle: x\n---\ny', 'user.csv': 'x', 'README.md': 'about' }),
    ).toEqual(['courses/safety/09-left.md:-:- lesson_unreferenced', 'user.csv:-:- file_unreferenced']);
  });

  it('tells the very place where a file stops being UTF-8', () => {
    const latin1 = Buffer.from('email,name,role\nowner@acme.example,Gr\xfc\xdfe,owner\n', 'latin1');
    expect(told({ 'users.csv': latin1 })).toContain('users.csv:2:22 not_utf8');
  });

  it('understands what Excel writes: a byte order mark, CRLF, quotes and commas in names', () => {
    const csv = '\uFEFFEmail,Name,Role\r\nowner@acme.example,"Owner, An",Owner\r\n\r\n';
    const { bundle, issues } = read({ 'users.csv': csv, 'enrolments.csv': null });
    expect(issues).toEqual([]);
    expect(bundle?.users[0]).toMatchObject({ name: 'Owner, An', role: 'owner' });
  });

  it('says so when the separator is a semicolon', () => {
    expect(told({ 'users.csv': 'email;name;role\na@b.example;A;owner\n', 'enrolments.csv': null })).toEqual([
      'users.csv:1:1 csv_separator',
    ]);
  });

  it('refuses a circle of managers, and an academy without an owner', () => {
    const csv =
      'email,name,role,manager_email\na@acme.example,A,admin,b@acme.example\nb@acme.example,B,admin,a@acme.example\n';
    expect(told({ 'users.csv': csv, 'enrolments.csv': null })).toEqual([
      'users.csv:-:- owner_missing',
      'users.csv:2:24 manager_circle',
      'users.csv:3:24 manager_circle',
    ]);
  });

  it('refuses more people than the plan has seats, at the first one too many', () => {
    const rows = Array.from({ length: 101 }, (_, index) => `u${index}@acme.example,U,owner`);
    expect(told({ 'users.csv': ['email,name,role', ...rows].join('\n'), 'enrolments.csv': null })).toEqual([
      'users.csv:102:1 seats_exceeded',
    ]);
  });

  it('tells faults of many files at once', () => {
    const issues = told({
      ...altered('tenant.yaml', '"#9a3412"', '"#ffcc00"'),
      ...altered('users.csv', 'learner,Line 1', 'pupil,Line 1'),
      ...altered('enrolments.csv', 'safety', 'fire'),
      'courses/safety/01-why.md': null,
    });
    expect(issues).toEqual([
      'courses/safety/course.yaml:5:9 lesson_missing',
      'enrolments.csv:2:22 course_unknown',
      'tenant.yaml:5:17 contrast_too_low',
      'users.csv:2:32 role_unknown',
    ]);
  });

  it('survives an alias bomb and an empty folder', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((name, index) => {
        const before = 'abcdefgh'[index] ?? '';
        return `${name}: &${name} [${`*${before},`.repeat(9)}]`;
      }),
    ].join('\n');
    expect(told({ 'tenant.yaml': bomb })).toContain('tenant.yaml:1:1 yaml_aliases');
    expect(readBundle(new Map(), new Issues()).bundle).toBeNull();
  });
});

describe(digestOf.name, () => {
  it('depends on paths and contents, not on their order', () => {
    const files = aFolder();
    expect(digestOf(new Map([...files].reverse()))).toBe(digestOf(files));
    expect(digestOf(aFolder({ 'users.csv': 'x' }))).not.toBe(digestOf(files));
  });
});
