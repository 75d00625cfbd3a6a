import { Injectable } from '@nestjs/common';
import { usersDigestText, type UsersDigest } from '#libs/contracts/auth';
import { sha256 } from '#libs/crypto';
import { UserImportRepository } from './user-import.repository.js';

@Injectable()
export class DigestUsers {
  constructor(private readonly imports: UserImportRepository) {}

  async execute(): Promise<UsersDigest> {
    const rows = await this.imports.all();
    return { count: rows.length, digest: sha256(usersDigestText(rows)).toString('hex') };
  }
}
