import type { Plan } from '#libs/contracts';
import type { Domain, OperatorTenant } from '#libs/contracts/tenants';

export interface NewAcademy {
  readonly slug: string;
  readonly name: string;
  readonly plan: Plan;
  readonly expectedUsers: number;
}

/** What the directory refuses, in its own words; asking the same again would not help. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The directory of academies, by the operator's API. @throws Refused; Error when it does not answer */
export abstract class Directory {
  /** All academies, closed ones too. */
  abstract list(): Promise<OperatorTenant[]>;
  abstract find(slug: string): Promise<OperatorTenant | null>;
  /** The same again answers the same academy. */
  abstract create(academy: NewAcademy): Promise<OperatorTenant>;
  abstract changePlan(slug: string, plan: Plan): Promise<OperatorTenant>;
  abstract suspend(slug: string, reason: string): Promise<OperatorTenant>;
  abstract resume(slug: string): Promise<OperatorTenant>;
  abstract customDomains(slug: string): Promise<Domain[]>;
  abstract addDomain(slug: string, host: string): Promise<void>;
  abstract removeDomain(slug: string, host: string): Promise<void>;
}
