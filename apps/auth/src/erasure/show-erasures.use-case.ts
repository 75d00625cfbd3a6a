import { Injectable } from '@nestjs/common';
import type { Page } from '#libs/contracts';
import { ErasureNotFound } from './erasure.errors.js';
import type { Erasure } from './erasure.js';
import { ErasureRepository } from './erasure.repository.js';

/** Who was erased, and how far that has come. */
@Injectable()
export class ShowErasures {
  constructor(private readonly erasures: ErasureRepository) {}

  /** @throws ErasureNotFound */
  async ofUser(userId: string): Promise<Erasure> {
    const erasure = await this.erasures.byUser(userId);
    if (erasure === null) throw new ErasureNotFound();
    return erasure;
  }

  async page(limit: number, cursor: string | undefined): Promise<Page<Erasure>> {
    return this.erasures.page(limit, cursor);
  }
}
