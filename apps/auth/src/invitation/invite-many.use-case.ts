import { Injectable } from '@nestjs/common';
import type { InvitationBatch, InvitationBatchResult } from '#libs/contracts/auth';
import type { RequestSite } from '../tenant/tenant-profile.js';
import { isRefusal } from '../user/change-users.use-case.js';
import { UserRepository } from '../user/user.repository.js';
import { CreateInvitation } from './create-invitation.use-case.js';

type Person = InvitationBatch['people'][number];
type Item = InvitationBatchResult['items'][number];

/** Invites many, one after the other: each is invited or refused by itself, and says why. */
@Injectable()
export class InviteMany {
  constructor(
    private readonly users: UserRepository,
    private readonly inviting: CreateInvitation,
  ) {}

  async execute({ people }: InvitationBatch, site: RequestSite): Promise<InvitationBatchResult> {
    const items: Item[] = [];
    for (const person of people) items.push(await this.one(person, site));
    return { items };
  }

  private async one(person: Person, site: RequestSite): Promise<Item> {
    const { email } = person;
    try {
      const known = await this.users.byEmail(email);
      const name = person.name ?? nameOf(email);
      const { user } = await this.inviting.execute({ ...person, name }, site);
      const outcome = known === null ? 'invited' : 'invited_again';
      return { email, outcome, userId: user.id, code: null, detail: null };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { email, outcome: 'failed', userId: null, code: error.code, detail: error.message };
    }
  }
}

/** `jo.mason@…` → `Jo Mason`: better than nothing until the person says otherwise. */
export function nameOf(email: string): string {
  const local = email.slice(0, email.lastIndexOf('@'));
  const words = local.split(/[._+-]+/).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  return name === '' ? local : name;
}
