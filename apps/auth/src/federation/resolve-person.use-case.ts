import { Injectable } from '@nestjs/common';
import { identityLinked, userActivated, userCreated, userUpdated } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { EventLog, occurrence } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { UnitOfWork } from '#libs/tenancy';
import type { Connection } from '../connection/connection.js';
import { EmailDomainRepository } from '../email-domain/email-domain.repository.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { PlaceInTeam } from '../team/place-in-team.use-case.js';
import { RemoveAccess, type RemovedAccess } from '../user/remove-access.use-case.js';
import { createUser, losesPermissions, personOf, type User } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { domainOf, personOfClaims, type FederatedPerson } from './federated-person.js';
import { IdentityRepository, type IdentityKey } from './identity.repository.js';
import { Refusal } from './refusal.js';
import type { FederatedClaims } from './sign-in-flow.js';

interface Resolved {
  readonly user: User;
  readonly removed: RemovedAccess;
}

/** Two tabs signed the same new person in at once, and the other was first: by now he is known. */
class Raced extends Refusal {
  constructor() {
    super('linked_to_another');
  }
}

const NOTHING: RemovedAccess = { sessionIds: [], apiKeys: [] };

/**
 * Finds, links or makes the person that a provider speaks of. Who somebody is, is (connection, issuer, subject); an e-mail
 * address links once, and only within domains that the academy has proved.
 */
@Injectable()
export class ResolvePerson {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly users: UserRepository,
    private readonly invitations: InvitationRepository,
    private readonly domains: EmailDomainRepository,
    private readonly placing: PlaceInTeam,
    private readonly access: RemoveAccess,
    private readonly entitlements: Entitlements,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal, DomainError `limit.users_exceeded` */
  async execute(connection: Connection, claims: FederatedClaims): Promise<User> {
    try {
      return await this.resolve(connection, claims);
    } catch (error) {
      if (error instanceof Raced) return this.resolve(connection, claims);
      throw error;
    }
  }

  private async resolve(connection: Connection, claims: FederatedClaims): Promise<User> {
    const person = personOfClaims(connection, claims);
    const key = { connectionId: connection.id, issuer: claims.issuer, subject: claims.subject };
    const { user, removed } = await this.unitOfWork.run(async () => {
      const known = await this.identities.userOf(key);
      if (known !== null) return this.again(connection, key, known, person);
      return { user: await this.first(connection, key, claims, person), removed: NOTHING };
    });
    await this.access.announce(removed);
    return user;
  }

  private async again(
    connection: Connection,
    key: IdentityKey,
    userId: string,
    person: FederatedPerson,
  ): Promise<Resolved> {
    const before = await this.users.lock(userId);
    if (before.status === 'deactivated') throw new Refusal('user_deactivated');
    await this.identities.touch(key, this.clock.now());
    const after = connection.provisioning.updateOnSignIn
      ? await this.followed(connection, before, person)
      : before;
    if (after.status === 'active' && JSON.stringify(after) === JSON.stringify(before)) {
      return { user: before, removed: NOTHING };
    }
    const user = await this.saved(before, after);
    const lost = losesPermissions(before.role, user.role);
    return { user, removed: lost ? await this.access.execute(user.id, 'role_changed') : NOTHING };
  }

  private async first(
    connection: Connection,
    key: IdentityKey,
    claims: FederatedClaims,
    person: FederatedPerson,
  ): Promise<User> {
    const { email } = person;
    const { mode, emailDomains } = connection.provisioning;
    if (mode === 'off') throw new Refusal('not_provisioned');
    if (email === null) throw new Refusal('email_missing');
    if (new Map(claims.attributes).get('email_verified')?.includes('false') === true) {
      throw new Refusal('email_not_verified', { actual: email });
    }
    const isOurs = await this.domains.isVerified(domainOf(email));
    if (!isOurs && emailDomains === 'verified') {
      throw new Refusal('domain_not_verified', { actual: domainOf(email) });
    }
    const existing = await this.users.byEmail(email);
    if (existing !== null) {
      // The same person's other first sign-in may have been stored since the key was looked for.
      if ((await this.identities.userOf(key)) !== null) throw new Raced();
      // Whoever runs the provider can write any address: only in our own domains does it say who somebody is.
      if (!isOurs) throw new Refusal('domain_not_verified', { actual: domainOf(email) });
      return this.linked(connection, key, existing.id, person);
    }
    if (mode !== 'create') throw new Refusal('not_invited', { actual: email });
    return this.created(key, { ...person, email });
  }

  private async linked(
    connection: Connection,
    key: IdentityKey,
    userId: string,
    person: FederatedPerson,
  ): Promise<User> {
    const before = await this.users.lock(userId);
    if (before.status === 'deactivated') throw new Refusal('user_deactivated');
    // The address of somebody who left was given to somebody else: not the same person.
    if (await this.identities.isLinked(userId, connection.id)) throw new Refusal('linked_to_another');
    if (!(await this.identities.link(key, userId, this.clock.now()))) throw new Refusal('linked_to_another');
    const told = { connectionId: connection.id, userId, how: 'email' } as const;
    await this.events.append(identityLinked, userId, told);
    const after = connection.provisioning.updateOnSignIn
      ? await this.followed(connection, before, person)
      : before;
    return this.saved(
      before,
      losesPermissions(before.role, after.role) ? { ...after, role: before.role } : after,
    );
  }

  private async created(key: IdentityKey, person: FederatedPerson & { email: string }): Promise<User> {
    const { email, role, department } = person;
    const now = this.clock.now();
    const place = await this.placing.byName(person.team);
    const name = person.name ?? email.slice(0, email.indexOf('@'));
    const user = createUser(newId(), { email, name, role, department, ...place }, 'active', now);
    if (!(await this.users.add(user))) throw new Raced();
    if (!(await this.identities.link(key, user.id, now))) throw new Raced();
    await this.entitlements.take('users', 1);
    await this.events.appendAll([
      occurrence(userCreated, user.id, personOf(user)),
      occurrence(userActivated, user.id, personOf(user)),
      occurrence(identityLinked, user.id, {
        connectionId: key.connectionId,
        userId: user.id,
        how: 'created',
      }),
    ]);
    return user;
  }

  /** The person as the provider describes him now. Owners stay owners: no provider makes or unmakes one. */
  private async followed({ provisioning }: Connection, before: User, person: FederatedPerson): Promise<User> {
    const hasTeams = provisioning.rules.some(({ team }) => team !== null);
    const place = hasTeams && person.team !== before.team ? await this.placing.byName(person.team) : {};
    return {
      ...before,
      ...place,
      name: person.name ?? before.name,
      department: person.department ?? before.department,
      role: before.role === 'owner' || !person.roleByRule ? before.role : person.role,
    };
  }

  /** Whoever was invited and comes in by the provider has accepted. */
  private async saved(before: User, after: User): Promise<User> {
    const user = await this.users.save({ ...after, status: 'active', updatedAt: this.clock.now() });
    if (before.status === 'invited') {
      await this.invitations.removeOf(user.id);
      await this.events.append(userActivated, user.id, personOf(user));
    } else await this.events.append(userUpdated, user.id, personOf(user));
    return user;
  }
}
