import { DomainError } from '#libs/kernel';

export class NotADemo extends DomainError {
  constructor() {
    super('forbidden', 'demo.off', 'This installation is not a demo.');
  }
}
