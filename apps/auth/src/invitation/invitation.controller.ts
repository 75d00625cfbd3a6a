import { Controller } from '@nestjs/common';
import {
  acceptInvitation,
  createInvitation,
  inviteMany,
  inviteUser,
  listInvitations,
  readInvitation,
  revokeInvitation,
} from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { orSecondStep } from '../factor/second-step.reply.js';
import { signedInReply } from '../session/session.cookies.js';
import { viewOf } from '../user/user.js';
import { AcceptInvitation } from './accept-invitation.use-case.js';
import { CreateInvitation } from './create-invitation.use-case.js';
import { invitationView } from './invitation.js';
import { InvitationReadModel } from './invitation.read-model.js';
import { InviteMany } from './invite-many.use-case.js';
import { InviteUser } from './invite-user.use-case.js';
import { ReadInvitation } from './read-invitation.use-case.js';
import { RevokeInvitation } from './revoke-invitation.use-case.js';

@Controller()
export class InvitationController {
  constructor(
    private readonly inviting: InviteUser,
    private readonly creating: CreateInvitation,
    private readonly many: InviteMany,
    private readonly revoking: RevokeInvitation,
    private readonly reading: ReadInvitation,
    private readonly accepting: AcceptInvitation,
    private readonly invitations: InvitationReadModel,
  ) {}

  @Endpoint(inviteUser)
  async invite(@Input() input: InputOf<typeof inviteUser>): Promise<ResultOf<typeof inviteUser>> {
    return viewOf((await this.inviting.execute(input.body, input)).user);
  }

  @Endpoint(listInvitations)
  async list(@Input() { query }: InputOf<typeof listInvitations>): Promise<ResultOf<typeof listInvitations>> {
    return this.invitations.page(query);
  }

  @Endpoint(createInvitation)
  async create(@Input() input: InputOf<typeof createInvitation>): Promise<ResultOf<typeof createInvitation>> {
    const { user, invitation } = await this.creating.execute(input.body, input);
    return invitationView(invitation, user);
  }

  @Endpoint(inviteMany)
  async createMany(@Input() input: InputOf<typeof inviteMany>): Promise<ResultOf<typeof inviteMany>> {
    return this.many.execute(input.body, input);
  }

  @Endpoint(revokeInvitation)
  async revoke(
    @Input() { params }: InputOf<typeof revokeInvitation>,
  ): Promise<ResultOf<typeof revokeInvitation>> {
    await this.revoking.execute(params.invitationId);
    return undefined;
  }

  @Endpoint(readInvitation)
  async read(@Input() { body }: InputOf<typeof readInvitation>): Promise<ResultOf<typeof readInvitation>> {
    return this.reading.execute(body.token);
  }

  @Endpoint(acceptInvitation)
  async accept(@Input() input: InputOf<typeof acceptInvitation>): Promise<ResultOf<typeof acceptInvitation>> {
    return orSecondStep(async () =>
      signedInReply(await this.accepting.execute(input.body), input, 'cookies'),
    );
  }
}
