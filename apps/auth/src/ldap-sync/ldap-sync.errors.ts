import { DomainError } from '#libs/kernel';

export class LdapSyncNotFound extends DomainError {
  constructor() {
    super('not_found', 'ldap_sync.not_found', 'There is no such run of this connection.');
  }
}

export class LdapSyncBusy extends DomainError {
  constructor() {
    super('conflict', 'ldap_sync.busy', 'A run of this connection is under way. Wait until it is over.');
  }
}

export class LdapSyncNotPreviewed extends DomainError {
  constructor() {
    super(
      'conflict',
      'ldap_sync.not_previewed',
      'Ask for a preview first: there is none with the settings as they are now.',
    );
  }
}

export class LdapSyncNotTested extends DomainError {
  constructor() {
    super('conflict', 'ldap_sync.not_tested', 'Test the connection first, or enable it.');
  }
}

/** Another worker goes on with the run: this one has nothing to say any more. */
export class LeaseLost extends DomainError {
  constructor() {
    super('conflict', 'ldap_sync.lease_lost', 'Another worker goes on with this run.');
  }
}
