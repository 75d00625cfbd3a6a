import { request } from 'node:http';
import { Problem } from './problem.mjs';

const HOST = 'acme.localhost';
const SIGN_IN = { email: 'learner@acme.example', password: 'harka-demo-1' };
const PATIENCE_MS = 30_000;

/** Signs in as a learner of the demo, as her browser would: tells how to call on her behalf. */
export async function signIn(port) {
  const { accessToken } = await call(port, 'POST', '/api/auth/login', { body: SIGN_IN });
  return (method, path, body) => call(port, method, path, { body, accessToken });
}

/** Finishes a lesson of one of her courses; tells its enrolment, to look it up again later. */
export async function finishLesson(learner) {
  for (const { enrolmentId } of await coursesOf(learner)) {
    const before = await learner('GET', `/api/v1/me/courses/${enrolmentId}`);
    const lesson = before.modules
      .flatMap(({ lessons }) => lessons)
      .find(({ kind, state }) => kind !== 'quiz' && state !== 'completed');
    if (!lesson) continue;
    const path = `/api/v1/me/courses/${enrolmentId}/lessons/${lesson.id}`;
    await learner('GET', path);
    await learner('PUT', `${path}/progress`, { state: 'completed' });
    const lessonsCompleted = before.lessonsCompleted + 1;
    await requireProgress(learner, { enrolmentId, lessonsCompleted });
    return { enrolmentId, lessonsCompleted, title: lesson.title, course: before.title };
  }
  throw new Problem(`${SIGN_IN.email} has no lesson left to finish.`);
}

export async function requireProgress(learner, { enrolmentId, lessonsCompleted }) {
  const now = await learner('GET', `/api/v1/me/courses/${enrolmentId}`);
  if (now.lessonsCompleted === lessonsCompleted) return;
  throw new Problem(
    `${lessonsCompleted} lessons were finished, and the platform knows of ${now.lessonsCompleted}.`,
  );
}

/** Those she is enrolled in; enrols her in the first of the catalogue when there is none. */
async function coursesOf(learner) {
  const { items } = await learner('GET', '/api/v1/me/courses');
  if (items.length > 0) return items;
  const { items: catalogue } = await learner('GET', '/api/v1/catalogue');
  if (catalogue.length === 0) throw new Problem('The demo has no course.');
  return [await learner('POST', `/api/v1/courses/${catalogue[0].courseId}/enrolments`)];
}

/** To the loopback address with a Host header: `*.localhost` does not resolve everywhere. */
function call(port, method, path, { body, accessToken }) {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    host: `${HOST}:${port}`,
    accept: 'application/json',
    ...(content !== undefined && {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(content),
    }),
    ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers, timeout: PATIENCE_MS },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk) => (text += chunk));
        incoming.on('end', () => {
          if (incoming.statusCode < 300) resolve(text === '' ? null : JSON.parse(text));
          else
            reject(new Problem(`${method} ${path} answered ${incoming.statusCode}: ${text.slice(0, 500)}`));
        });
        incoming.on('error', reject);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Problem(`${method} ${path} did not answer in time.`)));
    outgoing.on('error', reject);
    outgoing.end(content);
  });
}
