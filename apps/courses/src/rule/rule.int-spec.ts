import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventDefinition } from '#libs/contracts';
import {
  teamCreated,
  teamUpdated,
  userCreated,
  userDeactivated,
  userReactivated,
  userUpdated,
} from '#libs/contracts/auth';
import { ruleInput, type RuleInput } from '#libs/contracts/courses';
import { EventLog, Projector } from '#libs/events';
import { newId } from '#libs/kernel';
import { aUser } from '#libs/tenancy/testing';
import { aContent, anArticle } from '../../testing/content.js';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { Withdraw } from '../enrolment/withdraw.use-case.js';
import { FreshReadModels } from '../freshness/fresh-read-models.js';
import { SendReminders } from '../reminder/send-reminders.use-case.js';
import { demandedRules, tenantsWithDueSteps } from '../reminder/reminder.runner.js';
import { ApplyRule } from './apply-rule.use-case.js';
import { RuleReactions } from './rule.reactions.js';
import { Rules } from './rule.read-model.js';
import { SaveRule } from './save-rule.use-case.js';

interface Somebody {
  readonly id: string;
  readonly department: string;
  readonly managerId?: string;
  readonly name?: string;
  readonly team?: { readonly teamId: string; readonly team: string };
}

describe('rules', () => {
  let academy: TestAcademy;
  let courseId: string;
  const admin = aUser({ role: 'admin' });

  beforeAll(async () => {
    academy = await testAcademy();
  });
  afterAll(() => academy.close());
  beforeEach(async () => {
    courseId = await academy.published(aContent([anArticle(), anArticle()]));
  });

  const as = <R>(work: () => Promise<R>) => academy.as(admin, work);
  const personOf = (
    { id, department, managerId, name, team }: Somebody,
    status: 'active' | 'deactivated',
  ) => ({
    ...{
      userId: id,
      email: `${id}@acme.example`,
      name: name ?? 'Somebody',
      role: 'learner' as const,
      status,
    },
    ...{ department, team: null, managerId: managerId ?? null, locale: null },
    ...team,
  });
  const tell = (
    definition: EventDefinition<typeof userCreated.payload>,
    somebody: Somebody,
    status: 'active' | 'deactivated' = 'active',
  ) => as(() => academy.get(EventLog).append(definition, somebody.id, personOf(somebody, status)));
  /** As the runner does: people and rules follow the log. */
  const follow = async () => {
    await as(() => academy.get(FreshReadModels).catchUp());
    const { projection } = academy.get(RuleReactions);
    const outcome = await as(() => new Projector({ database: academy.shard.database }).catchUp(projection));
    expect(outcome).toBe('done');
  };
  const aRule = (overrides: Partial<RuleInput> & { department: string }): RuleInput => {
    const { department, ...rest } = overrides;
    return ruleInput.parse({
      name: 'New hires',
      match: 'all',
      conditions: [{ attribute: 'department', operator: 'is_one_of', values: [department] }],
      courseIds: [courseId],
      due: { kind: 'after_assignment', days: 14 },
      ...rest,
    });
  };
  const apply = (ruleId: string) => as(() => academy.get(ApplyRule).execute(ruleId));
  const create = async (input: RuleInput) => {
    const rule = await as(() => academy.get(SaveRule).create(input));
    await apply(rule.id);
    return rule;
  };
  const enrolments = (userId: string) =>
    academy.rows<{ id: string; status: string; source: string; dueAt: Date | null }>(
      'SELECT id, status, source, due_at AS "dueAt" FROM courses.enrolments WHERE user_id = $1',
      [userId],
    );
  const eventsOf = async (subject: string) =>
    (
      await academy.rows<{ type: string }>(
        'SELECT type FROM events.events WHERE subject = $1 ORDER BY position',
        [subject],
      )
    ).map(({ type }) => type);

  it('takes hold of whom its conditions hold, once, with a due date', async () => {
    const [sam, lea] = [
      { id: newId(), department: 'one' },
      { id: newId(), department: 'other' },
    ];
    await tell(userCreated, sam);
    await tell(userCreated, lea);
    await follow();
    const rule = await create(aRule({ department: 'one' }));
    await apply(rule.id);
    expect(await enrolments(lea.id)).toEqual([]);
    const [enrolment] = await enrolments(sam.id);
    expect(enrolment).toMatchObject({ status: 'not_started', source: 'rule' });
    expect(enrolment?.dueAt?.toISOString()).toMatch(/T23:59:59/);
    expect(await eventsOf(enrolment?.id ?? '')).toEqual([
      'courses.enrolment.created',
      'courses.enrolment.assigned',
    ]);
    const { view } = await as(() => academy.get(Rules).show(rule.id));
    expect(view).toMatchObject({ people: 1, assignments: 1, completed: 0, applying: false });
  });

  it('follows people who come, change, leave and come back', async () => {
    await create(aRule({ department: 'two' }));
    const sam = { id: newId(), department: 'two' };
    await tell(userCreated, sam);
    await follow();
    expect(await enrolments(sam.id)).toMatchObject([{ status: 'not_started' }]);
    await tell(userUpdated, { ...sam, department: 'elsewhere' });
    await follow();
    expect(await enrolments(sam.id)).toMatchObject([{ status: 'withdrawn' }]);
    await tell(userUpdated, sam);
    await follow();
    await tell(userDeactivated, sam, 'deactivated');
    await follow();
    expect(await enrolments(sam.id)).toMatchObject([{ status: 'withdrawn' }]);
    await tell(userReactivated, sam);
    await follow();
    expect(await enrolments(sam.id)).toMatchObject([{ status: 'not_started' }]);
  });

  it('keeps what was begun, without the due date, when it lets go', async () => {
    await create(aRule({ department: 'three' }));
    const sam = { id: newId(), department: 'three' };
    await tell(userCreated, sam);
    await follow();
    await academy.rows(
      `UPDATE courses.enrolments SET status = 'in_progress', started_at = now(), lessons_completed = 1 WHERE user_id = $1`,
      [sam.id],
    );
    await tell(userUpdated, { ...sam, department: 'elsewhere' });
    await follow();
    const [enrolment] = await enrolments(sam.id);
    expect(enrolment).toMatchObject({ status: 'in_progress', dueAt: null });
    expect(await eventsOf(enrolment?.id ?? '')).toContain('courses.enrolment.released');
    expect(
      await academy.rows('SELECT FROM courses.deadlines WHERE enrolment_id = $1', [enrolment?.id]),
    ).toEqual([]);
  });

  it('does not undo that a manager took somebody out', async () => {
    const rule = await create(aRule({ department: 'four' }));
    const sam = { id: newId(), department: 'four' };
    await tell(userCreated, sam);
    await follow();
    const [enrolment] = await enrolments(sam.id);
    await as(() => academy.get(Withdraw).learner(courseId, enrolment?.id ?? ''));
    await as(() =>
      academy.get(SaveRule).replace(rule.id, aRule({ department: 'four', name: 'Renamed' }), '1'),
    );
    await apply(rule.id);
    expect(await enrolments(sam.id)).toMatchObject([{ status: 'withdrawn' }]);
  });

  it('moves the due dates that it gave, and no other', async () => {
    const [sam, lea] = [
      { id: newId(), department: 'five' },
      { id: newId(), department: 'five' },
    ];
    await tell(userCreated, sam);
    await tell(userCreated, lea);
    await follow();
    const rule = await create(aRule({ department: 'five' }));
    await academy.rows(`UPDATE courses.enrolments SET due_at = '2031-01-01' WHERE user_id = $1`, [lea.id]);
    const due = { kind: 'date', at: '2030-06-30T21:59:59Z' } as const;
    await as(() => academy.get(SaveRule).replace(rule.id, aRule({ department: 'five', due }), '1'));
    await apply(rule.id);
    expect((await enrolments(sam.id))[0]?.dueAt).toEqual(new Date(due.at));
    expect((await enrolments(lea.id))[0]?.dueAt).toEqual(new Date('2031-01-01T00:00:00Z'));
  });

  it('refuses a change to what somebody else has changed, and courses that are not there', async () => {
    const rule = await create(aRule({ department: 'six' }));
    const save = academy.get(SaveRule);
    await as(() => save.replace(rule.id, aRule({ department: 'six', name: 'First' }), '1'));
    await expect(as(() => save.replace(rule.id, aRule({ department: 'six' }), '1'))).rejects.toMatchObject({
      code: 'rule.changed',
    });
    await expect(
      as(() => save.create(aRule({ department: 'six', courseIds: [courseId, newId()] }))),
    ).rejects.toMatchObject({ code: 'rule.course_not_found', faults: [{ pointer: '/courseIds/1' }] });
  });

  it('lets go after a deletion that was not taken back, and takes hold again when it is', async () => {
    const sam = { id: newId(), department: 'seven' };
    await tell(userCreated, sam);
    await follow();
    const rule = await create(aRule({ department: 'seven' }));
    const save = academy.get(SaveRule);
    await as(() => save.delete(rule.id));
    await apply(rule.id);
    expect(await enrolments(sam.id)).toMatchObject([{ status: 'not_started' }]);
    academy.clock.advance(11_000);
    await apply(rule.id);
    expect(await enrolments(sam.id)).toMatchObject([{ status: 'withdrawn' }]);
    await as(() => save.restore(rule.id));
    await apply(rule.id);
    expect(await enrolments(sam.id)).toMatchObject([{ status: 'not_started' }]);
  });

  it('holds nobody while it is paused', async () => {
    const sam = { id: newId(), department: 'eight' };
    await tell(userCreated, sam);
    await follow();
    const rule = await create(aRule({ department: 'eight', status: 'paused' }));
    expect(await enrolments(sam.id)).toEqual([]);
    await as(() => academy.get(SaveRule).replace(rule.id, aRule({ department: 'eight' }), '1'));
    await apply(rule.id);
    expect(await enrolments(sam.id)).toHaveLength(1);
  });

  describe('of teams', () => {
    const teamOf = (name: string) => ({ teamId: newId(), team: name });
    const ofTeam = (value: string, overrides: object = {}): RuleInput => {
      const conditions = [{ attribute: 'team', operator: 'is_one_of', values: [value] }];
      return ruleInput.parse({ ...aRule({ department: 'any' }), conditions, ...overrides });
    };
    const make = ({ teamId, team }: { teamId: string; team: string }) =>
      as(() => academy.get(EventLog).append(teamCreated, teamId, { teamId, name: team, leadIds: [] }));
    const rename = async (
      somebody: Somebody,
      { teamId, team }: { teamId: string; team: string },
      to: string,
    ) => {
      const event = { teamId, name: to, before: team, leadIds: [] };
      await as(() => academy.get(EventLog).append(teamUpdated, teamId, event));
      await tell(userUpdated, { ...somebody, team: { teamId, team: to } });
      await follow();
    };

    it('names them by id, so that another name of a team changes nothing', async () => {
      const night = teamOf('Night shift');
      const sam = { id: newId(), department: 'teams', team: night };
      await make(night);
      await tell(userCreated, sam);
      await follow();
      const rule = await create(ofTeam('Night shift'));
      expect(rule.conditions).toMatchObject([{ values: [night.teamId] }]);
      expect(await enrolments(sam.id)).toMatchObject([{ status: 'not_started' }]);
      await rename(sam, night, 'Late shift');
      expect(await enrolments(sam.id)).toMatchObject([{ status: 'not_started' }]);
      const { view } = await as(() => academy.get(Rules).show(rule.id));
      expect(view).toMatchObject({ people: 1, names: { [night.teamId]: 'Late shift' } });
      expect((await as(() => academy.get(Rules).attributes())).team).toContainEqual({
        ...{ value: night.teamId, name: 'Late shift', people: 1 },
      });
      const other = { teamId: newId(), team: 'Night shift' };
      const lea = { id: newId(), department: 'teams', team: other };
      await make(other);
      await tell(userCreated, lea);
      await follow();
      expect(await enrolments(lea.id)).toEqual([]);
    });

    it('turns the names in rules of before into ids, when all who have the name are in that team', async () => {
      const crew = teamOf('Crew');
      const sam = { id: newId(), department: 'teams', team: crew };
      await make(crew);
      await tell(userCreated, sam);
      await follow();
      const rule = await create(ofTeam(crew.teamId));
      const asNamed = async () => {
        await academy.rows(
          `UPDATE courses.rules SET conditions = '[{"attribute":"team","operator":"is_one_of","values":["Crew"]}]'
            WHERE id = $1`,
          [rule.id],
        );
        await academy.rows(
          'INSERT INTO courses.rule_work SELECT tenant_id, id, revision, $2 FROM courses.rules WHERE id = $1',
          [rule.id, academy.clock.now()],
        );
        await apply(rule.id);
        const [row] = await academy.rows<{ values: string[] }>(
          `SELECT conditions -> 0 -> 'values' AS values FROM courses.rules WHERE id = $1`,
          [rule.id],
        );
        return row?.values;
      };
      await academy.rows('UPDATE courses.team_members SET team_id = NULL WHERE user_id = $1', [sam.id]);
      expect(await asNamed()).toEqual(['Crew']);
      expect(await enrolments(sam.id)).toMatchObject([{ status: 'not_started' }]);
      await academy.rows('UPDATE courses.team_members SET team_id = $2 WHERE user_id = $1', [
        sam.id,
        crew.teamId,
      ]);
      expect(await asNamed()).toEqual([crew.teamId]);
      expect(await enrolments(sam.id)).toMatchObject([{ status: 'not_started' }]);
    });

    it('refuses a team that nobody knows', async () => {
      await expect(as(() => academy.get(SaveRule).create(ofTeam(newId())))).rejects.toMatchObject({
        ...{ code: 'rule.team_not_found', faults: [{ pointer: '/conditions/0/values/0' }] },
      });
    });
  });

  it('foresees whom it would hold', async () => {
    const people = ['Ada', 'Bea'].map((name) => ({ id: newId(), department: 'nine', name }));
    for (const person of people) await tell(userCreated, person);
    await follow();
    const { match, conditions, courseIds } = aRule({ department: 'nine' });
    const look = () => as(() => academy.get(Rules).preview({ match, conditions, courseIds }));
    expect(await look()).toMatchObject({
      ...{ people: 2, newAssignments: 2, alreadyEnrolled: 0 },
      sample: [{ name: 'Ada' }, { name: 'Bea' }],
    });
    await create(aRule({ department: 'nine' }));
    expect(await look()).toMatchObject({ people: 2, newAssignments: 0, alreadyEnrolled: 2 });
  });

  it.each([
    ['all', [{ attribute: 'role', operator: 'is_not_one_of', values: ['learner'] }], 0],
    ['any', [{ attribute: 'role', operator: 'is_not_one_of', values: ['learner'] }, 'mine'], 1],
    ['all', [{ attribute: 'team', operator: 'is_not_one_of', values: ['Sales'] }, 'mine'], 1],
    ['all', [{ attribute: 'team', operator: 'is_one_of', values: ['Sales'] }, 'mine'], 0],
    ['all', [{ attribute: 'joined', operator: 'before', date: '2020-01-01' }, 'mine'], 0],
    ['all', [{ attribute: 'joined', operator: 'on_or_after', date: '2020-01-01' }, 'mine'], 1],
  ] as const)('asks for %s of %j', async (match, conditions, people) => {
    const department = newId();
    await tell(userCreated, { id: newId(), department });
    await follow();
    const mine = { attribute: 'department', operator: 'is_one_of', values: [department] } as const;
    const asked = conditions.map((condition) => (condition === 'mine' ? mine : condition));
    const input = ruleInput.parse({
      ...{ name: 'x', match, conditions: asked, courseIds: [courseId], due: { kind: 'none' } },
    });
    expect(await as(() => academy.get(Rules).preview(input))).toMatchObject({ people });
  });

  it('reminds, says that it is overdue and tells the manager, each once', async () => {
    const boss = { id: newId(), department: 'bosses', name: 'Bo' };
    const sam = { id: newId(), department: 'ten', managerId: boss.id, name: 'Sam' };
    await tell(userCreated, boss);
    await tell(userCreated, sam);
    await follow();
    await create(aRule({ department: 'ten', escalateAfterDays: 3 }));
    const [enrolment] = await enrolments(sam.id);
    const remind = () => as(() => academy.get(SendReminders).execute());
    for (let day = 0; day < 25; day += 1) {
      academy.clock.advance(86_400_000);
      await Promise.all([remind(), remind()]);
    }
    expect((await eventsOf(enrolment?.id ?? '')).slice(2)).toEqual([
      'courses.enrolment.due_soon',
      'courses.enrolment.due_soon',
      'courses.enrolment.overdue',
      'courses.enrolment.escalated',
    ]);
    const [{ payload } = { payload: null }] = await academy.rows<{ payload: unknown }>(
      `SELECT payload FROM events.events WHERE type = 'courses.enrolment.escalated' AND subject = $1`,
      [enrolment?.id],
    );
    expect(payload).toMatchObject({ managerId: boss.id, learnerName: 'Sam', daysOverdue: 3 });
  });

  it('says nothing about what is completed', async () => {
    const sam = { id: newId(), department: 'eleven' };
    await tell(userCreated, sam);
    await follow();
    await create(aRule({ department: 'eleven' }));
    const [enrolment] = await enrolments(sam.id);
    await academy.rows(
      `UPDATE courses.enrolments SET status = 'completed', started_at = now(), completed_at = now() WHERE user_id = $1`,
      [sam.id],
    );
    academy.clock.advance(30 * 86_400_000);
    await as(() => academy.get(SendReminders).execute());
    expect(await eventsOf(enrolment?.id ?? '')).not.toContain('courses.enrolment.overdue');
  });

  it('wakes only tenants that have something to do', async () => {
    const { relay, shard, tenants } = academy.shard;
    await as(() => academy.get(SaveRule).create(aRule({ department: 'twelve' })));
    await academy.rows(`UPDATE courses.rule_work SET not_before = now() - interval '1 second'`);
    await academy.rows(
      `UPDATE courses.deadlines SET next_at = now() - interval '1 second' WHERE next_at IS NOT NULL`,
    );
    const who = async (sql: string) =>
      new Set((await relay.query<{ tenantId: string }>(shard.name, sql)).map(({ tenantId }) => tenantId));
    expect(await who(demandedRules)).toEqual(new Set([tenants[0]?.id]));
    expect(await who(tenantsWithDueSteps)).toEqual(new Set([tenants[0]?.id]));
  });
});
