import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, uuid, type Page } from '#libs/contracts';
import { z } from 'zod';
import { AppNotFound } from './app.errors.js';
import type { App } from './app.js';
import { AppRepository } from './app.repository.js';

const place = z.strictObject({ id: uuid() });

@Injectable()
export class ShowApps {
  constructor(private readonly apps: AppRepository) {}

  async page(limit: number, cursor: string | undefined): Promise<Page<App>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, place).id;
    const found = await this.apps.page(limit + 1, after);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last === undefined ? null : encodeCursor({ id: last.id }) };
  }

  /** @throws AppNotFound */
  async one(id: string): Promise<App> {
    const app = await this.apps.byId(id);
    if (app === null) throw new AppNotFound();
    return app;
  }
}
