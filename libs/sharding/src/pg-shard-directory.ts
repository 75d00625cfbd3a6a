import type { Login } from '#libs/database';
import { PgDirectorySource } from './directory-source.js';
import { FollowedDirectory, type FollowOptions } from './followed-directory.js';

export interface DirectoryOptions extends FollowOptions {
  readonly url: string;
  /** Of harka_router. */
  readonly login: Login;
}

/** The directory of a process, followed from the directory database. */
export class PgShardDirectory extends FollowedDirectory {
  constructor({ url, login, ...follow }: DirectoryOptions) {
    super(new PgDirectorySource(url, login), follow);
  }
}
