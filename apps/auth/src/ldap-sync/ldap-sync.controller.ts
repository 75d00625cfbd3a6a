import { Controller } from '@nestjs/common';
import { getLdapSync, listLdapSyncs, startLdapSync } from '#libs/contracts/auth';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { syncView } from './ldap-sync.js';
import { ShowLdapSyncs } from './show-ldap-syncs.use-case.js';
import { StartLdapSync } from './start-ldap-sync.use-case.js';

@Controller()
export class LdapSyncController {
  constructor(
    private readonly starting: StartLdapSync,
    private readonly shown: ShowLdapSyncs,
  ) {}

  @Endpoint(listLdapSyncs)
  async list(@Input() { params }: InputOf<typeof listLdapSyncs>): Promise<ResultOf<typeof listLdapSyncs>> {
    return this.shown.list(params.connectionId);
  }

  @Endpoint(startLdapSync)
  async start(
    @Input() { params, body }: InputOf<typeof startLdapSync>,
  ): Promise<ResultOf<typeof startLdapSync>> {
    return syncView(await this.starting.execute(params.connectionId, body));
  }

  @Endpoint(getLdapSync)
  async one(@Input() { params }: InputOf<typeof getLdapSync>): Promise<ResultOf<typeof getLdapSync>> {
    return this.shown.one(params.connectionId, params.syncId);
  }
}
