import { Injectable } from '@nestjs/common';
import { UserNotFound } from './user.errors.js';
import type { User } from './user.js';
import { UserRepository } from './user.repository.js';

@Injectable()
export class GetUser {
  constructor(private readonly users: UserRepository) {}

  async execute(id: string): Promise<User> {
    const user = await this.users.byId(id);
    if (user === null) throw new UserNotFound();
    return user;
  }
}
