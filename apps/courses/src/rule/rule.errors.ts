import { DomainError } from '#libs/kernel';

export class RuleNotFound extends DomainError {
  constructor() {
    super('not_found', 'rule.not_found', 'There is no such rule.');
  }
}

export class RuleChanged extends DomainError {
  constructor() {
    super('precondition_failed', 'rule.changed', 'Somebody else has changed this rule since you opened it.');
  }
}

export class RuleNotDeleted extends DomainError {
  constructor() {
    super('conflict', 'rule.not_deleted', 'This rule is not deleted.');
  }
}

export class RuleRestoreExpired extends DomainError {
  constructor() {
    super('conflict', 'rule.restore_expired', 'A rule can be restored for 30 days after its deletion.');
  }
}

export class RuleTeamNotFound extends DomainError {
  constructor(condition: number, value: number) {
    super('invalid', 'rule.team_not_found', 'A team of the rule does not exist.', {
      faults: [
        {
          pointer: `/conditions/${condition}/values/${value}`,
          code: 'rule.team_not_found',
          detail: 'There is no such team.',
        },
      ],
    });
  }
}

export class RuleCourseNotFound extends DomainError {
  constructor(index: number) {
    super('invalid', 'rule.course_not_found', 'A course of the rule does not exist.', {
      faults: [
        {
          pointer: `/courseIds/${index}`,
          code: 'rule.course_not_found',
          detail: 'There is no such course.',
        },
      ],
    });
  }
}
