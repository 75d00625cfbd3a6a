import { Controller } from '@nestjs/common';
import {
  endActing,
  enterActing,
  inviteOwner,
  leaveActing,
  listActing,
  listTenantPeople,
  startActing,
  type ActingOrder,
} from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { InviteUser } from '../invitation/invite-user.use-case.js';
import { signedInReply, signedOutReply } from '../session/session.cookies.js';
import { viewOf } from '../user/user.js';
import { EndActing } from './end-acting.use-case.js';
import { EnterActing } from './enter-acting.use-case.js';
import { ShowActing } from './show-acting.use-case.js';
import { StartActing } from './start-acting.use-case.js';
import { TenantEntry } from './tenant-entry.directory.js';
import { personView, TenantPeople } from './tenant-people.read-model.js';

/** Operators in a tenant: its people, its first owner, and acting as one of them. */
@Controller()
export class ActingController {
  constructor(
    private readonly people: TenantPeople,
    private readonly entry: TenantEntry,
    private readonly inviting: InviteUser,
    private readonly starting: StartActing,
    private readonly entering: EnterActing,
    private readonly ending: EndActing,
    private readonly showing: ShowActing,
  ) {}

  @Endpoint(listTenantPeople)
  async list(
    @Input() { params, query }: InputOf<typeof listTenantPeople>,
  ): Promise<ResultOf<typeof listTenantPeople>> {
    return this.people.page(params.tenantId, query);
  }

  @Endpoint(inviteOwner)
  async invite(@Input() input: InputOf<typeof inviteOwner>): Promise<ResultOf<typeof inviteOwner>> {
    const profile = { ...input.body, role: 'owner' } as const;
    const { user } = await this.entry.run(input.params.tenantId, async () =>
      this.inviting.execute(profile, input),
    );
    return personView(viewOf(user));
  }

  @Endpoint(startActing)
  async start(@Input() input: InputOf<typeof startActing>): Promise<ActingOrder> {
    return this.starting.execute(input.params.tenantId, input.body, input);
  }

  @Endpoint(listActing)
  async acting(@Input() { params }: InputOf<typeof listActing>): Promise<ResultOf<typeof listActing>> {
    return { items: await this.showing.list(params.tenantId) };
  }

  @Endpoint(endActing)
  async end(@Input() { params }: InputOf<typeof endActing>): Promise<ResultOf<typeof endActing>> {
    await this.ending.execute(params.tenantId, params.sessionId);
    return undefined;
  }

  @Endpoint(enterActing)
  async enter(@Input() input: InputOf<typeof enterActing>): Promise<ResultOf<typeof enterActing>> {
    return signedInReply(await this.entering.execute(input.body.ticket), input, 'cookies');
  }

  @Endpoint(leaveActing)
  async leave(@Input() input: InputOf<typeof leaveActing>): Promise<ResultOf<typeof leaveActing>> {
    await this.ending.leave();
    return signedOutReply(input);
  }
}
