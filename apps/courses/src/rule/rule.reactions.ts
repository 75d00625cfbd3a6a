import { Injectable } from '@nestjs/common';
import { coursePublished, courseRestored } from '#libs/contracts/courses';
import { defineProjection, type Projection, type ProjectionDeps, type StoredEventOf } from '#libs/events';
import { Clock } from '#libs/kernel';
import { personEvents, recordPeople } from '../person/person.projection.js';
import { recordMembers } from '../team/team.projection.js';
import { AssignByRules } from './assign-by-rules.js';
import { RuleRepository } from './rule.repository.js';

const events = [...personEvents, coursePublished, courseRestored] as const;
type Event = StoredEventOf<(typeof events)[number]>;
type CourseEvent = StoredEventOf<typeof coursePublished | typeof courseRestored>;

/** More than anybody has of rules and courses: all of the people at hand are gone through at once. */
const ALL = 100_000;

/**
 * Rules follow people and courses: what changes about a person is decided in the transaction that moves the checkpoint,
 * so that it is decided once, and for certain. Once more, as in a replay, changes nothing.
 */
@Injectable()
export class RuleReactions {
  readonly projection: Projection = defineProjection({
    name: 'courses.rules',
    tables: [],
    events,
    applyAll: async (given, deps) => this.react(given, deps),
  });

  constructor(
    private readonly rules: RuleRepository,
    private readonly assignments: AssignByRules,
    private readonly clock: Clock,
  ) {}

  private async react(given: readonly Event[], deps: ProjectionDeps): Promise<void> {
    const ofCourses = given.filter(isOfCourse);
    // Only a course that may hold back people until now has something new to say.
    const opened = ofCourses.filter(
      (event) => event.type === 'courses.course.restored' || event.payload.version === 1,
    );
    if (opened.length > 0) {
      const ids = opened.map(({ payload }) => payload.courseId);
      await this.rules.demandByCourses(ids, this.clock.now());
    }
    const ofPeople = given.flatMap((event) => (isOfCourse(event) ? [] : [event]));
    if (ofPeople.length > 0) await this.follow(ofPeople, deps);
  }

  private async follow(given: readonly Exclude<Event, CourseEvent>[], deps: ProjectionDeps): Promise<void> {
    await recordPeople(given, deps);
    await recordMembers(given, deps);
    const rules = await this.rules.holdActive();
    if (rules.length === 0) return;
    const userIds = [...new Set(given.map(({ payload }) => payload.userId))].sort();
    await this.assignments.release(null, userIds, ALL);
    await this.assignments.assign(rules, null, userIds);
  }
}

function isOfCourse(event: Event): event is CourseEvent {
  return event.type === 'courses.course.published' || event.type === 'courses.course.restored';
}
