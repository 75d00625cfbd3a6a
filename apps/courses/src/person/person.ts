/** Somebody of the tenant, as far as courses care. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly status: 'invited' | 'active' | 'deactivated';
}
