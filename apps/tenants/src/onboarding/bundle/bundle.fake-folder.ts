import type { BundleFiles } from './bundle.js';

const usual: Readonly<Record<string, string>> = {
  'tenant.yaml': [
    'slug: acme',
    'name: Acme Works',
    'plan: starter',
    'branding:',
    '  primaryColor: "#9a3412"',
    '  secondaryColor: "#1e293b"',
    '  logo: brand/logo.svg',
    '',
  ].join('\n'),
  'brand/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>',
  'users.csv': [
    'email,name,role,team,department,manager_email',
    'learner@acme.example,A Learner,learner,Line 1,Production,lead@acme.example',
    'lead@acme.example,A Lead,instructor,Line 1,Production,owner@acme.example',
    'owner@acme.example,An Owner,owner,,,',
    '',
  ].join('\n'),
  'enrolments.csv': ['email,course,due_at', 'learner@acme.example,safety,2026-12-31', ''].join('\n'),
  'courses/safety/course.yaml': [
    'title: Fire safety',
    'modules:',
    '  - title: Basics',
    '    lessons:',
    '      - 01-why.md',
    '      - 02-check.quiz.yaml',
    '      - 03-plan.file.yaml',
    '',
  ].join('\n'),
  'courses/safety/01-why.md': '---\ntitle: Why\nminutes: 5\n---\n\nBecause it **burns**.\n',
  'courses/safety/02-check.quiz.yaml': [
    'title: Check',
    'questions:',
    '  - kind: single',
    '    prompt: Which number?',
    '    options:',
    '      - text: 112',
    '        correct: true',
    '      - text: 911',
    '  - kind: short',
    '    prompt: What burns?',
    '    answers: [wood]',
    '',
  ].join('\n'),
  'courses/safety/03-plan.file.yaml': 'title: Escape plan\nfile: plan.txt\n',
  'courses/safety/plan.txt': 'Out of the door.\n',
};

/** A folder without fault, in which files are replaced or, by null, left out. */
export function aFolder(changes: Readonly<Record<string, string | Buffer | null>> = {}): BundleFiles {
  return new Map(
    Object.entries({ ...usual, ...changes }).flatMap(([path, content]) =>
      content === null ? [] : [[path, Buffer.from(content)] as const],
    ),
  );
}

/** A file of the folder with one passage replaced. */
export function altered(path: string, passage: string, by: string): Record<string, string> {
  const content = usual[path] ?? '';
  if (!content.includes(passage)) throw new Error(`${path} does not have: ${passage}`);
  return { [path]: content.replace(passage, by) };
}

/** The folder as a request carries it. */
export function asRequest(files: BundleFiles): { files: { path: string; content: string }[] } {
  return { files: [...files].map(([path, bytes]) => ({ path, content: bytes.toString('base64') })) };
}
