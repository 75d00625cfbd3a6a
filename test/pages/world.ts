import type {
  CourseOutline,
  CourseVersion,
  Draft,
  Enrolment,
  LessonView,
  AuthoredCourse,
  MyCourse,
  Rule,
} from '#libs/contracts/courses';
import type { Page } from '#libs/contracts';
import type { CreatedApp, User } from '#libs/contracts/auth';
import type { Onboarding, OperatorTenant } from '#libs/contracts/tenants';
import { acceptInvitation, anAcademy, type Academy } from '../support/academy.js';
import { DEMO_PASSWORD, operatorSite, type Site } from '../support/platform.js';
import { rightAnswers } from '../support/quiz-answers.js';
import type { Person } from './person.js';

/** An academy in which every page has something to show. */
export interface World {
  readonly academy: Academy;
  readonly signIns: Readonly<
    Record<Exclude<Person, 'nobody'>, { readonly email: string; readonly password: string }>
  >;
  readonly courseId: string;
  readonly authoredCourseId: string;
  readonly enrolmentId: string;
  readonly finishedEnrolmentId: string;
  readonly certificateId: string;
  readonly ruleId: string;
  readonly learnerId: string;
  readonly tenantId: string;
  readonly onboardingId: string;
  readonly teamId: string;
  readonly importId: string;
  readonly connectionId: string;
  readonly appId: string;
  readonly lessons: Readonly<Record<'article' | 'video' | 'file' | 'quiz', string>>;
  readonly sites: Readonly<Record<'owner' | 'author' | 'learner', Site>>;
}

/** An academy of its own in the brand of a demo academy, with courses begun, finished and half written. */
export async function aWorld(slug: string, like: 'acme' | 'globex'): Promise<World> {
  const academy = await anAcademy(slug, like);
  const { owner } = academy;
  const author = await invited(academy, like, 'author', 'Avery Author');
  const learner = await invited(academy, like, 'learner', 'Lou Learner');
  const { courseId, lessons } = await publish(author);
  await author.send('POST', '/api/v1/courses', { title: 'Handling complaints (draft)', language: 'en' });

  const { items } = await learner.get<{ items: { courseId: string }[] }>('/api/v1/catalogue');
  const [first, second] = items.map((item) => item.courseId).filter((id) => id !== courseId);
  if (first === undefined || second === undefined) throw new Error(`${like} has too few courses.`);
  const finishedEnrolmentId = await finish(learner, first, like);
  const mine = await learner.send<Enrolment>('POST', `/api/v1/courses/${courseId}/enrolments`);
  await complete(learner, mine.enrolmentId, lessons.article);
  const courses = await learner.get<Page<MyCourse>>('/api/v1/me/courses');
  const certificateId = courses.items.find(
    ({ enrolmentId }) => enrolmentId === finishedEnrolmentId,
  )?.certificateId;
  if (certificateId === undefined || certificateId === null) {
    throw new Error('A finished course has brought no certificate.');
  }
  const { password } = academy;
  const { id: learnerId } = await learner.get<User>('/api/v1/auth/me');
  await reportsTo(owner, learnerId);
  const rule = await owner.send<Rule>('POST', '/api/v1/enrolment-rules', {
    ...{ name: 'Everybody who learns', match: 'all', courseIds: [second] },
    conditions: [{ attribute: 'role', operator: 'is_one_of', values: ['learner'] }],
    due: { kind: 'after_assignment', days: 14 },
  });
  const operator = operatorSite();
  const { id: tenantId } = await operator.get<OperatorTenant>(`/api/v1/operator/tenants/${slug}`);
  const onboardings = await operator.get<Page<Onboarding>>('/api/v1/operator/onboardings?limit=100');
  const onboardingId = onboardings.items.find((one) => one.slug === slug)?.id ?? '';
  const team = await owner.send<{ id: string }>('POST', '/api/v1/teams', { name: 'Reception' });
  const upload = await owner.send<{ id: string }>(
    'POST',
    '/api/v1/user-imports?name=reception.csv',
    Buffer.from('email,name,role\nnew.desk@acme.example,New Desk,learner\nnobody,Not An Address,learner\n'),
    { 'content-type': 'text/csv' },
  );
  const connection = await owner.send<{ id: string }>('POST', '/api/v1/sso/connections', {
    ...{ kind: 'saml', name: 'Example identity' },
    saml: {
      entityId: 'https://identity.example.com/metadata',
      ssoUrl: 'https://identity.example.com/sso',
      certificates: [EXAMPLE_CERTIFICATE],
    },
  });
  const made = await owner.send<CreatedApp>('POST', '/api/v1/sso/apps', {
    ...{ name: 'Timetable', redirectUris: ['https://timetable.example.com/back'], firstParty: true },
  });
  return {
    ...{ teamId: team.id, importId: upload.id, connectionId: connection.id, appId: made.app.id },
    ...{ ruleId: rule.id, learnerId, tenantId, onboardingId },
    ...{ academy, courseId: second, authoredCourseId: courseId, lessons, certificateId, finishedEnrolmentId },
    enrolmentId: mine.enrolmentId,
    sites: { owner, author, learner },
    signIns: {
      owner: { email: academy.ownerEmail, password },
      author: { email: addressOf('author', like), password },
      learner: { email: addressOf('learner', like), password },
      operator: { email: 'operator@harka.example', password: DEMO_PASSWORD },
    },
  };
}

/** What no academy has. */
const NOWHERE = '0192f0c1-2f5e-7abc-8def-0123456789ab';

/** An academy without anything: whatever an address asks for is not there. */
export function emptyWorld(academy: Academy): World {
  const owner = { email: academy.ownerEmail, password: academy.password };
  return {
    academy,
    ...{ courseId: NOWHERE, authoredCourseId: NOWHERE, enrolmentId: NOWHERE, finishedEnrolmentId: NOWHERE },
    ...{
      certificateId: NOWHERE,
      ruleId: NOWHERE,
      learnerId: NOWHERE,
      tenantId: NOWHERE,
      onboardingId: NOWHERE,
    },
    ...{ teamId: NOWHERE, importId: NOWHERE, connectionId: NOWHERE, appId: NOWHERE },
    lessons: { article: NOWHERE, video: NOWHERE, file: NOWHERE, quiz: NOWHERE },
    sites: { owner: academy.owner, author: academy.owner, learner: academy.owner },
    signIns: {
      ...{ owner, author: owner, learner: owner },
      operator: { email: 'operator@harka.example', password: DEMO_PASSWORD },
    },
  };
}

/** The learner becomes one of the owner's people. */
async function reportsTo(owner: Site, userId: string): Promise<void> {
  const { id: managerId } = await owner.get<User>('/api/v1/auth/me');
  const path = `/api/v1/users/${userId}`;
  const { headers } = await owner.call({ path });
  await owner.send('PATCH', path, { managerId }, { 'if-match': String(headers['etag']) });
}

const addressOf = (role: string, like: string) => `${role}.pages@${like}.example`;

async function invited(
  academy: Academy,
  like: string,
  role: 'author' | 'learner',
  name: string,
): Promise<Site> {
  const email = addressOf(role, like);
  await academy.owner.send('POST', '/api/v1/users', { email, name, role });
  return acceptInvitation(academy.slug, email);
}

/** A course with a lesson of each kind. */
export async function publish(author: Site, title = welcomingVisitors.title, language = 'en') {
  const { id, draftRevision } = await author.send<AuthoredCourse>('POST', '/api/v1/courses', {
    ...{ title, language },
  });
  const draft = await author.send<Draft>(
    'PUT',
    `/api/v1/courses/${id}/draft`,
    { content: { ...welcomingVisitors, title } },
    { 'if-match': `"${draftRevision}"` },
  );
  await author.send<CourseVersion>('POST', `/api/v1/courses/${id}/publish`, undefined, {
    'if-match': `"${draft.revision}"`,
  });
  const all = draft.content.modules.flatMap(({ lessons }) => lessons);
  const of = (kind: string) => all.find((lesson) => lesson.kind === kind)?.id ?? '';
  return {
    courseId: id,
    lessons: { article: of('article'), video: of('video'), file: of('file'), quiz: of('quiz') },
  };
}

async function complete(learner: Site, enrolmentId: string, lessonId: string): Promise<void> {
  await learner.send('PUT', `/api/v1/me/courses/${enrolmentId}/lessons/${lessonId}/progress`, {
    state: 'completed',
  });
}

async function finish(learner: Site, courseId: string, like: string): Promise<string> {
  const answers = rightAnswers(like);
  const { enrolmentId } = await learner.send<Enrolment>('POST', `/api/v1/courses/${courseId}/enrolments`);
  const { modules } = await learner.get<CourseOutline>(`/api/v1/me/courses/${enrolmentId}`);
  for (const { id, kind } of modules.flatMap(({ lessons }) => lessons)) {
    if (kind !== 'quiz') {
      await complete(learner, enrolmentId, id);
      continue;
    }
    const path = `/api/v1/me/courses/${enrolmentId}/lessons/${id}`;
    const { lesson } = await learner.get<LessonView>(path);
    if (lesson.kind !== 'quiz') continue;
    await learner.send('POST', `${path}/attempts`, {
      answers: lesson.questions.map((question) => {
        const right = answers.get(question.prompt) ?? [];
        const optionIds = question.options
          .filter(({ text }) => right.includes(text))
          .map((option) => option.id);
        return question.kind === 'short'
          ? { questionId: question.id, text: right[0] ?? '' }
          : { questionId: question.id, optionIds };
      }),
    });
  }
  return enrolmentId;
}

/** Of nobody; its key was thrown away. */
const EXAMPLE_CERTIFICATE = [
  'MIIDITCCAgmgAwIBAgIUW0wA7UkqK1ujwlgLVcEV0XRJWCgwDQYJKoZIhvcNAQELBQAwHzEdMBsGA1UEAwwUaWRlbn',
  'RpdHkuZXhhbXBsZS5jb20wIBcNMjYxMTIxMTYwNzU0WhgPMjEyNjEwMjgxNjA3NTRaMB8xHTAbBgNVBAMMFGlkZW50',
  'aXR5LmV4YW1wbGUuY29tMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtqSNwL61NDNcwfnPBGNnoPO/y9',
  'mo7ZmrsZECxDARFFYI+4JCcUPfuQFvXcUjOqWctSQCmUD1h0sKnP7yFTeqIj5uZo8OsfQi6yGCah1gROdtF/PrNZ8h',
  'Xhx1T0X7ZYGGGR3fTuVQX5WOP5Kqg0yckpwMT1NLytq6evFuNU3BeWBTs3Zshr1uGV0YGkIqXnZw6ujfD8P6PdoWa/',
  'Naacy8JS7NO9S/xoL5ZpEKx5k7xsjmVdZb0zdPAVMgZrfWYqUxeXEWPVNHzcLssJ8FFdcShmrEY1sbokLCddGInS2N',
  'zsLYz11i3ujz+RFIHnt7oKBTKbYyv1xyQEL9pieAwG9kVwIDAQABo1MwUTAdBgNVHQ4EFgQU2t3j7oT1O1qzDf3GPi',
  'TzZ8M/6fYwHwYDVR0jBBgwFoAU2t3j7oT1O1qzDf3GPiTzZ8M/6fYwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0B',
  'AQsFAAOCAQEAeY7v1afv8X3XoODUcEIFX7dHW3p7OiiJZpu5++r76fauMLHXnQvgWsRnhaMS9mViV/WcHPh43mYte9',
  'wyAyVoHwYEYotfbi6JwOhgoDoCzhtb6iGSu3nQ7dVAcwyJapcK3HTAKVCqMVtzfEE5ufu7DOZ1lLPWhqTV+5duliRi',
  'aZgojO6+M3RHaYM47WYOZqlptoNz7Ao3WeegTe+gWbJ9JNWM9nmKIDwR2LaHTnV5qI7FlfrLZuF9IfARfzZ98w5le6',
  'V67BiXxiHGcVFf/Fbq2/P3kw6E+P/LcGKWzagIybYGlL3pTwSj5aHIhFDhbW1E3IrzskiIB41pPt7QiW2cZw==',
].join('');

const welcomingVisitors = {
  title: 'Welcoming visitors',
  summary: 'What to do from the moment somebody stands at the desk to the moment the badge comes back.',
  estimatedMinutes: 15,
  tags: ['reception', 'safety'],
  modules: [
    {
      title: 'Before they come',
      lessons: [
        {
          kind: 'article',
          title: 'Announcing a visit',
          minutes: 4,
          markdown: [
            'Every visit is announced **the day before**, so that reception can prepare a badge.',
            '## What reception needs to know',
            '- the name and the company of the visitor',
            '- who will meet them, and where',
            '- whether they need *step-free access* or a parking space',
            '',
            '| When | Who | What |',
            '| --- | --- | --- |',
            '| The day before | Host | Announces the visit |',
            '| On arrival | Reception | Checks the name, hands out the badge |',
            '| On leaving | Host | Brings the visitor back to the desk |',
            '',
            '> A visitor without a badge is never left alone.',
            '',
            '```text',
            'Visit of Jo Example (Example Ltd), 10:00, met by the host at gate 2',
            '```',
          ].join('\n'),
        },
        {
          kind: 'video',
          title: 'A tour of the entrance',
          minutes: 3,
          source: { kind: 'link', url: 'https://videos.example.com/entrance.mp4' },
          transcript: 'The entrance has **two doors**. The left one is for visitors.',
        },
      ],
    },
    {
      title: 'At the desk',
      lessons: [
        {
          kind: 'file',
          title: 'The house rules as a sheet',
          minutes: 2,
          source: { kind: 'link', url: 'https://files.example.com/house-rules.pdf' },
          description: 'Print it, or show it on the tablet at the desk.',
        },
        {
          kind: 'quiz',
          title: 'Check what you know',
          minutes: 6,
          intro: 'Three questions about a day at the desk.',
          passMark: 60,
          questions: [
            {
              kind: 'single',
              prompt: 'Somebody without a badge stands in the corridor. What do you do first?',
              explanation: 'A friendly question settles most cases.',
              options: [
                { text: 'Ask whom they are visiting', correct: true, feedback: 'Yes: kind and clear.' },
                { text: 'Call the police', correct: false, feedback: 'Only when something is wrong.' },
                { text: 'Walk on', correct: false },
              ],
            },
            {
              kind: 'multiple',
              prompt: 'What does reception need before a visit?',
              options: [
                { text: 'The name of the visitor', correct: true },
                { text: 'The name of the host', correct: true },
                { text: 'A copy of a passport', correct: false },
              ],
            },
            {
              kind: 'short',
              prompt: 'Which door is for visitors: left or right?',
              answers: ['left', 'the left one'],
            },
          ],
        },
      ],
    },
  ],
};
