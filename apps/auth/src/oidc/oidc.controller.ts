import { Controller } from '@nestjs/common';
import { oidcBackchannelLogout, oidcCallback, oidcKeys } from '#libs/contracts/auth';
import { Endpoint, Input, Reply, type InputOf, type ResultOf } from '#libs/service';
import { redirectTo, signInPage } from '../federation/federation.controller.js';
import { Refusal } from '../federation/refusal.js';
import { readForm } from '../federation/posted-form.js';
import { nextPage } from '../saml/saml.controller.js';
import { ReceiveBackchannelLogout } from './receive-backchannel-logout.use-case.js';
import { ReceiveOidcCallback } from './receive-oidc-callback.use-case.js';
import { ShowOwnKeys } from './show-own-keys.use-case.js';

@Controller()
export class OidcController {
  constructor(
    private readonly receive: ReceiveOidcCallback,
    private readonly logout: ReceiveBackchannelLogout,
    private readonly keys: ShowOwnKeys,
  ) {}

  @Endpoint(oidcCallback)
  async callback(
    @Input() { params, rawQuery }: InputOf<typeof oidcCallback>,
  ): Promise<ResultOf<typeof oidcCallback>> {
    const { connectionId } = params;
    try {
      return redirectTo(
        nextPage(connectionId, await this.receive.execute(connectionId, new URLSearchParams(rawQuery))),
      );
    } catch (error) {
      if (error instanceof Refusal) return redirectTo(signInPage('refused'));
      throw error;
    }
  }

  @Endpoint(oidcKeys)
  async show(@Input() { params }: InputOf<typeof oidcKeys>): Promise<ResultOf<typeof oidcKeys>> {
    return { keys: await this.keys.execute(params.connectionId) };
  }

  @Endpoint(oidcBackchannelLogout)
  async backchannel(
    @Input() { params, stream }: InputOf<typeof oidcBackchannelLogout>,
  ): Promise<ResultOf<typeof oidcBackchannelLogout>> {
    const form = await readForm(stream, oidcBackchannelLogout.bodyLimit);
    await this.logout.execute(params.connectionId, form.get('logout_token') ?? '');
    return new Reply(undefined, { headers: { 'cache-control': 'no-store' } });
  }
}
