import { Injectable } from '@nestjs/common';
import { Entitlements } from '#libs/entitlements';
import type { LdapConnection } from '../connection/connection.js';
import { EnforcementRepository } from '../enforcement/enforcement.repository.js';
import { personOfClaims } from '../federation/federated-person.js';
import { LdapDirectory, type Listing } from '../ldap/ldap-directory.js';
import { LdapPeopleRepository } from './ldap-people.repository.js';
import { planOf, type KnownPerson, type Plan } from './ldap-plan.js';

export interface Planned {
  readonly plan: Plan;
  readonly listing: Listing;
  readonly known: readonly KnownPerson[];
}

/** Reads a whole directory and says what has to be done. Nothing is written. */
@Injectable()
export class PlanLdapSync {
  constructor(
    private readonly directory: LdapDirectory,
    private readonly people: LdapPeopleRepository,
    private readonly enforcement: EnforcementRepository,
    private readonly entitlements: Entitlements,
  ) {}

  /** @throws LdapFault */
  async execute(connection: LdapConnection, beat: () => Promise<void>): Promise<Planned> {
    const listing = await this.directory.list(connection, beat);
    const { id } = connection;
    const issuer = issuerOf(connection);
    const emails = listing.people.flatMap(({ claims }) => personOfClaims(connection, claims).email ?? []);
    const known = await this.people.known(id, issuer);
    const seatsOf = await this.entitlements.limit('users');
    const facts = {
      ...{ connection, listed: listing.people, known },
      namesakes: await this.people.namesakes(id, issuer, [...new Set(emails)]),
      verifiedDomains: new Set(await this.people.verifiedDomains()),
      breakGlass: new Set((await this.enforcement.current()).breakGlassUserIds),
      seatsLeft: seatsOf === null ? null : seatsOf - (await this.entitlements.used('users')),
    };
    const plan = planOf(facts);
    await beat();
    const missing = plan.ends.filter(({ told }) => told.reason === 'not_in_directory');
    const subjects = missing.map(({ subject }) => subject);
    const there = await this.directory.stillThere(connection, subjects);
    const ends = plan.ends.filter(({ subject }) => !there.has(subject));
    const unchanged = plan.unchanged + plan.ends.length - ends.length;
    return { plan: { ...plan, ends, unchanged }, listing, known };
  }
}

export function issuerOf({ ldap }: LdapConnection): string {
  return `ldap:${ldap.idAttribute.toLowerCase()}`;
}
