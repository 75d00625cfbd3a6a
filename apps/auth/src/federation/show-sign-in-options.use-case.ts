import { Injectable } from '@nestjs/common';
import type { SignInOptions } from '#libs/contracts/auth';
import { email as emailSchema } from '#libs/contracts';
import { Entitlements } from '#libs/entitlements';
import { optionOf } from '../connection/connection-view.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { EmailDomainRepository } from '../email-domain/email-domain.repository.js';
import { SignInEnforcement } from '../enforcement/sign-in-enforcement.js';
import { domainOf } from './federated-person.js';

/** The ways in, for everybody to see. People are never looked at: who is here shows in nothing. */
@Injectable()
export class ShowSignInOptions {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly domains: EmailDomainRepository,
    private readonly enforcement: SignInEnforcement,
    private readonly entitlements: Entitlements,
  ) {}

  async all(): Promise<SignInOptions> {
    const active = (await this.entitlements.may('sso')) ? await this.active() : [];
    const password = !(await this.enforcement.isOn());
    return { connections: active.map(optionOf), password };
  }

  /** By the domain of the address, where the academy has proved it. */
  async forAddress(address: string) {
    const { connections, password } = await this.all();
    const parsed = emailSchema().safeParse(address);
    const domain = parsed.success ? await this.domains.byName(domainOf(parsed.data)) : null;
    const preferred = connections.find(({ isDefault }) => isDefault) ?? connections[0] ?? null;
    if (domain?.verifiedAt === null || domain === null) {
      return { connection: password ? null : preferred, password };
    }
    return { connection: connections.find(({ id }) => id === domain.connectionId) ?? preferred, password };
  }

  private async active() {
    return (await this.connections.all()).filter(({ state }) => state === 'active');
  }
}
