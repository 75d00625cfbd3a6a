import { Controller } from '@nestjs/common';
import { permissionsOfRole } from '#libs/contracts';
import {
  deactivateUser,
  getMe,
  getUser,
  listUsers,
  reactivateUser,
  updateMe,
  updateUser,
  type Me,
} from '#libs/contracts/auth';
import { Endpoint, Input, withETag, type InputOf, type ResultOf } from '#libs/service';
import { currentActor, requireUserId } from '#libs/tenancy';
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
  ) {}

  @Endpoint(getMe)
  async me(): Promise<ResultOf<typeof getMe>> {
    return meOf(await this.get.execute(requireUserId()));
  }

  @Endpoint(updateMe)
  async changeMe(@Input() { body }: InputOf<typeof updateMe>): Promise<ResultOf<typeof updateMe>> {
    return meOf(await this.updateProfile.execute(requireUserId(), body));
  }

  @Endpoint(listUsers)
  async list(@Input() { query }: InputOf<typeof listUsers>): Promise<ResultOf<typeof listUsers>> {
    return this.users.page(query);
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

function meOf({ id, email, name, role, locale, department, team, lastLoginAt }: User): Me {
  return {
    ...{ id, email, name, role, locale, department, team },
    permissions: [...permissionsOfRole(role)],
    lastLoginAt: lastLoginAt?.toISOString() ?? null,
    sessionId: currentActor().sessionId,
  };
}
