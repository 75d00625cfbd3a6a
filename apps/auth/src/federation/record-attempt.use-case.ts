import { Injectable } from '@nestjs/common';
import { ssoRefused } from '#libs/contracts/auth';
import { EventLog } from '#libs/events';
import { Clock, newId } from '#libs/kernel';
import { currentContext, currentTenant, UnitOfWork } from '#libs/tenancy';
import { RequestBudget } from '../throttle/request-budget.js';
import { keptCheck, keptRaw, type Attempt, type AttemptTrace } from './attempt.js';
import { AttemptRepository } from './attempt.repository.js';

export type AttemptInput = Pick<Attempt, 'connectionId' | 'purpose' | 'outcome' | 'reason'> &
  Partial<Pick<Attempt, 'subject' | 'email'>> & { readonly detail?: Partial<AttemptTrace> };

const MINUTE = 60;

/** Writes down how an attempt went. Whoever posts rubbish by the thousand fills neither the trace nor the audit log. */
@Injectable()
export class RecordAttempt {
  constructor(
    private readonly attempts: AttemptRepository,
    private readonly budget: RequestBudget,
    private readonly events: EventLog,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Answers the id by which it is found, also where there was no room for it. */
  async execute(input: AttemptInput): Promise<string> {
    const { connectionId, purpose, outcome, reason, subject = null, email = null, detail = {} } = input;
    const [id, at, { requestId, ip }] = [newId(), this.clock.now(), currentContext()];
    const tenantId = currentTenant().id;
    const refused = outcome === 'refused' && purpose !== 'test';
    if (
      refused &&
      !(await this.budget.allows(['sso-attempt', tenantId, connectionId, ip ?? ''], 30, MINUTE))
    ) {
      return id;
    }
    const tell = refused && (await this.budget.allows(['sso-refused', tenantId, connectionId], 20, MINUTE));
    const { checks = [], raw = null, attributes = [] } = detail;
    await this.unitOfWork.run(async () => {
      await this.attempts.add({
        ...{ id, connectionId, at, purpose, outcome, reason, requestId },
        subject: subject?.slice(0, 300) ?? null,
        email: email?.slice(0, 254) ?? null,
        detail: { checks: checks.map(keptCheck), raw: raw === null ? null : keptRaw(raw), attributes },
      });
      if (!tell) return;
      await this.events.append(ssoRefused, connectionId, {
        connectionId,
        reason: reason ?? 'unknown',
        attemptId: id,
        at: at.toISOString(),
      });
    });
    return id;
  }
}
