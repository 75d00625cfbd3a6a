import { Controller } from '@nestjs/common';
import { getJsonWebKeySet, rotateSigningKey } from '#libs/contracts/auth';
import { Endpoint, Input, Reply, type InputOf, type ResultOf } from '#libs/service';
import { RotateSigningKey } from './rotate-signing-key.use-case.js';
import { SigningKeyRing } from './signing-key-ring.js';

@Controller()
export class SigningKeyController {
  constructor(
    private readonly ring: SigningKeyRing,
    private readonly rotating: RotateSigningKey,
  ) {}

  @Endpoint(getJsonWebKeySet)
  async keys(): Promise<ResultOf<typeof getJsonWebKeySet>> {
    return new Reply(await this.ring.publicKeys(), { headers: { 'cache-control': 'public, max-age=300' } });
  }

  @Endpoint(rotateSigningKey)
  async rotate(
    @Input() { body }: InputOf<typeof rotateSigningKey>,
  ): Promise<ResultOf<typeof rotateSigningKey>> {
    return this.rotating.execute(body);
  }
}
