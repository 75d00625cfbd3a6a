import { Injectable } from '@nestjs/common';
import type { AttemptCheck, LdapChecked, LdapCheckInput } from '#libs/contracts/auth';
import { Entitlements } from '#libs/entitlements';
import { currentTenant } from '#libs/tenancy';
import { ConnectionKindMismatch, ConnectionNotFound } from '../connection/connection.errors.js';
import { isLdap } from '../connection/connection.js';
import { ConnectionRepository } from '../connection/connection.repository.js';
import { keptCheck } from '../federation/attempt.js';
import { Refusal } from '../federation/refusal.js';
import { ProviderSettings } from '../connection/provider-settings.js';
import { RequestBudget } from '../throttle/request-budget.js';
import { TooManyRequests } from '../throttle/throttle.errors.js';
import { LdapDirectory } from './ldap-directory.js';

const MOST_A_MINUTE = 30;

/** Looks at a directory step by step for whoever sets it up, and says where it ends and why. */
@Injectable()
export class CheckLdap {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly directory: LdapDirectory,
    private readonly settings: ProviderSettings,
    private readonly budget: RequestBudget,
    private readonly entitlements: Entitlements,
  ) {}

  /** @throws ConnectionNotFound, ConnectionKindMismatch, TooManyRequests, and as UpdateConnection where settings are given */
  async execute(id: string, { username, ldap }: LdapCheckInput): Promise<LdapChecked> {
    await this.entitlements.require('sso');
    const connection = await this.connections.byId(id);
    if (connection === null) throw new ConnectionNotFound();
    if (!isLdap(connection)) throw new ConnectionKindMismatch();
    if (!(await this.budget.allows(['ldap-check', currentTenant().id], MOST_A_MINUTE, 60))) {
      throw new TooManyRequests(60);
    }
    const looked =
      ldap === null ? connection : { ...connection, ldap: this.settings.ldap(ldap, connection.ldap) };
    const checks: AttemptCheck[] = [];
    const note = (check: AttemptCheck) => {
      checks.push(keptCheck(check));
    };
    try {
      const claims = await this.directory.look(looked, username, note, ldap?.bindPassword);
      return { checks, reason: null, attributes: Object.fromEntries(claims?.attributes ?? []) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      note({ check: error.reason, ok: false, expected: null, actual: null, ...error.found });
      return { checks, reason: error.reason, attributes: {} };
    }
  }
}
