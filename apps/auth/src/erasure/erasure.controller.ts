import { Controller } from '@nestjs/common';
import { eraseUser, getErasure, listErasures } from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { EraseUser } from './erase-user.use-case.js';
import { erasureView } from './erasure.js';
import { ShowErasures } from './show-erasures.use-case.js';

@Controller()
export class ErasureController {
  constructor(
    private readonly erasing: EraseUser,
    private readonly showing: ShowErasures,
  ) {}

  @Endpoint(eraseUser)
  async erase(@Input() { params }: InputOf<typeof eraseUser>): Promise<ResultOf<typeof eraseUser>> {
    return erasureView(await this.erasing.execute(params.userId));
  }

  @Endpoint(getErasure)
  async show(@Input() { params }: InputOf<typeof getErasure>): Promise<ResultOf<typeof getErasure>> {
    return erasureView(await this.showing.ofUser(params.userId));
  }

  @Endpoint(listErasures)
  async list(@Input() { query }: InputOf<typeof listErasures>): Promise<ResultOf<typeof listErasures>> {
    const { items, nextCursor } = await this.showing.page(query.limit, query.cursor);
    return { items: items.map(erasureView), nextCursor };
  }
}
