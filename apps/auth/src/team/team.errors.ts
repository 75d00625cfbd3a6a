import { DomainError } from '#libs/kernel';

export class TeamNotFound extends DomainError {
  constructor() {
    super('not_found', 'team.not_found', 'There is no such team in this academy.');
  }
}

export class TeamNameTaken extends DomainError {
  constructor(name: string) {
    super('conflict', 'team.name_taken', `There is a team called “${name}” already.`, {
      faults: [{ pointer: '/name', code: 'name_taken', detail: 'is the name of another team.' }],
    });
  }
}

export class TeamChanged extends DomainError {
  constructor() {
    super('precondition_failed', 'team.changed', 'Somebody changed this team meanwhile. Read it again.');
  }
}

export class TeamNotEmpty extends DomainError {
  constructor(members: number) {
    super(
      'conflict',
      'team.not_empty',
      `${members} people are in this team. Move them to another one first.`,
      {
        details: { members },
      },
    );
  }
}

export class TeamUnknown extends DomainError {
  constructor() {
    super('invalid', 'team.unknown', 'The team is not one of this academy.', {
      faults: [{ pointer: '/teamId', code: 'not_found', detail: 'is no team of this academy.' }],
    });
  }
}

export class LeadUnknown extends DomainError {
  constructor() {
    super('invalid', 'team.lead_unknown', 'A lead is not a person of this academy.', {
      faults: [{ pointer: '/leadIds', code: 'not_found', detail: 'names nobody of this academy.' }],
    });
  }
}
