import { Controller } from '@nestjs/common';
import { permissionsOfRole } from '#libs/contracts';
import {
  changeUsers,
  deactivateUser,
  endUserSession,
  endUserSessions,
  getMe,
  getUser,
  listUsers,
  listUserSessions,
  reactivateUser,
  summariseUsers,
  updateMe,
  updateUser,
  type ActingNotice,
  type Me,
} from '#libs/contracts/auth';
import { Endpoint, Input, withETag, type InputOf, type ResultOf } from '#libs/service';
import { currentActor, requireUserId } from '#libs/tenancy';
import { EndUserSessions } from '../session/end-user-sessions.use-case.js';
import { ListSessions } from '../session/list-sessions.use-case.js';
import { sessionView } from '../session/session.js';
import { ChangeUsers } from './change-users.use-case.js';
import { ShowActing } from '../operator/show-acting.use-case.js';
import { DeactivateUser } from './deactivate-user.use-case.js';
import { GetUser } from './get-user.use-case.js';
import { ReactivateUser } from './reactivate-user.use-case.js';
import { UpdateProfile } from './update-profile.use-case.js';
import { UpdateUser } from './update-user.use-case.js';
import { viewOf, type User } from './user.js';
import { UserReadModel } from './user.read-model.js';

@Controller()
export class UserController {
  constructor(
    private readonly users: UserReadModel,
    private readonly get: GetUser,
    private readonly update: UpdateUser,
    private readonly updateProfile: UpdateProfile,
    private readonly deactivate: DeactivateUser,
    private readonly reactivate: ReactivateUser,
    private readonly acting: ShowActing,
    private readonly many: ChangeUsers,
    private readonly sessions: ListSessions,
    private readonly signingOut: EndUserSessions,
  ) {}

  @Endpoint(getMe)
  async me(): Promise<ResultOf<typeof getMe>> {
    return meOf(await this.get.execute(requireUserId()), await this.acting.execute());
  }

  @Endpoint(updateMe)
  async changeMe(@Input() { body }: InputOf<typeof updateMe>): Promise<ResultOf<typeof updateMe>> {
    return meOf(await this.updateProfile.execute(requireUserId(), body), await this.acting.execute());
  }

  @Endpoint(listUsers)
  async list(@Input() { query }: InputOf<typeof listUsers>): Promise<ResultOf<typeof listUsers>> {
    return this.users.page(query);
  }

  @Endpoint(summariseUsers)
  async summarise(
    @Input() { query }: InputOf<typeof summariseUsers>,
  ): Promise<ResultOf<typeof summariseUsers>> {
    return this.users.summary(query);
  }

  @Endpoint(changeUsers)
  async changeMany(@Input() input: InputOf<typeof changeUsers>): Promise<ResultOf<typeof changeUsers>> {
    return this.many.execute(input.body, input);
  }

  @Endpoint(listUserSessions)
  async sessionsOf(
    @Input() { params }: InputOf<typeof listUserSessions>,
  ): Promise<ResultOf<typeof listUserSessions>> {
    const { id } = await this.get.execute(params.userId);
    const { sessionId } = currentActor();
    const items = (await this.sessions.execute(id)).map((session) => sessionView(session, sessionId));
    return { items, nextCursor: null };
  }

  @Endpoint(endUserSessions)
  async endAll(
    @Input() { params }: InputOf<typeof endUserSessions>,
  ): Promise<ResultOf<typeof endUserSessions>> {
    await this.signingOut.execute(params.userId, null);
    return undefined;
  }

  @Endpoint(endUserSession)
  async endOne(
    @Input() { params }: InputOf<typeof endUserSession>,
  ): Promise<ResultOf<typeof endUserSession>> {
    await this.signingOut.execute(params.userId, params.sessionId);
    return undefined;
  }

  @Endpoint(getUser)
  async show(@Input() { params }: InputOf<typeof getUser>): Promise<ResultOf<typeof getUser>> {
    return tagged(await this.get.execute(params.userId));
  }

  @Endpoint(updateUser)
  async change(@Input() input: InputOf<typeof updateUser>): Promise<ResultOf<typeof updateUser>> {
    return tagged(await this.update.execute(input.params.userId, input.body, input.ifMatch));
  }

  @Endpoint(deactivateUser)
  async remove(
    @Input() { params }: InputOf<typeof deactivateUser>,
  ): Promise<ResultOf<typeof deactivateUser>> {
    return tagged(await this.deactivate.execute(params.userId));
  }

  @Endpoint(reactivateUser)
  async restore(
    @Input() { params }: InputOf<typeof reactivateUser>,
  ): Promise<ResultOf<typeof reactivateUser>> {
    return tagged(await this.reactivate.execute(params.userId));
  }
}

function tagged(user: User) {
  return withETag(viewOf(user), user.version);
}

function meOf(user: User, acting: ActingNotice | null): Me {
  const { id, email, name, role, locale, timeZone, department, team, lastLoginAt } = user;
  return {
    ...{ id, email, name, role, locale, timeZone, department, team },
    permissions: [...permissionsOfRole(role)],
    lastLoginAt: lastLoginAt?.toISOString() ?? null,
    sessionId: currentActor().sessionId,
    acting,
  };
}
