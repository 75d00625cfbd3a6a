import { DomainError } from '#libs/kernel';

export class TenantUnknown extends DomainError {
  constructor() {
    super('not_found', 'tenant.not_found', 'There is no such tenant.');
  }
}

export class ProjectionUnknown extends DomainError {
  constructor(projection: string) {
    super('not_found', 'projection.not_found', `The tenant has no read model ${projection}.`);
  }
}
