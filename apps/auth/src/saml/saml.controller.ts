import { Controller } from '@nestjs/common';
import { samlAcs, samlLogoutPost, samlLogoutRedirect, samlMetadata } from '#libs/contracts/auth';
import { Download, Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { redirectTo, signInPage } from '../federation/federation.controller.js';
import { Refusal } from '../federation/refusal.js';
import { testPage } from '../federation/sign-in-flow.js';
import type { Settled } from '../federation/settle-answer.use-case.js';
import { readForm } from '../federation/posted-form.js';
import { ReceiveSamlLogout, type LogoutMessage } from './receive-saml-logout.use-case.js';
import { ReceiveSamlResponse } from './receive-saml-response.use-case.js';
import { ShowSpMetadata } from './show-sp-metadata.use-case.js';

@Controller()
export class SamlController {
  constructor(
    private readonly receive: ReceiveSamlResponse,
    private readonly logout: ReceiveSamlLogout,
    private readonly metadata: ShowSpMetadata,
  ) {}

  @Endpoint(samlMetadata)
  async describe(@Input() { params }: InputOf<typeof samlMetadata>): Promise<ResultOf<typeof samlMetadata>> {
    const xml = await this.metadata.execute(params.connectionId);
    const headers = { 'content-disposition': 'inline; filename="metadata.xml"' };
    return new Download(xml, { contentType: 'application/samlmetadata+xml', headers });
  }

  @Endpoint(samlAcs)
  async acs(@Input() { params, stream }: InputOf<typeof samlAcs>): Promise<ResultOf<typeof samlAcs>> {
    const form = await readForm(stream, samlAcs.bodyLimit);
    const post = {
      response: form.get('SAMLResponse') ?? '',
      relayState: form.get('RelayState') ?? undefined,
    };
    try {
      return redirectTo(nextPage(params.connectionId, await this.receive.execute(params.connectionId, post)));
    } catch (error) {
      if (error instanceof Refusal) return redirectTo(signInPage('refused'));
      throw error;
    }
  }

  @Endpoint(samlLogoutRedirect)
  async logoutByRedirect(
    @Input() { params, rawQuery }: InputOf<typeof samlLogoutRedirect>,
  ): Promise<ResultOf<typeof samlLogoutRedirect>> {
    return this.loggedOut(params.connectionId, { binding: 'redirect', query: rawQuery });
  }

  @Endpoint(samlLogoutPost)
  async logoutByPost(
    @Input() { params, stream }: InputOf<typeof samlLogoutPost>,
  ): Promise<ResultOf<typeof samlLogoutPost>> {
    const form = await readForm(stream, samlLogoutPost.bodyLimit);
    const message = form.get('SAMLRequest') ?? form.get('SAMLResponse') ?? '';
    return this.loggedOut(params.connectionId, {
      binding: 'post',
      message,
      relayState: form.get('RelayState') ?? '',
    });
  }

  private async loggedOut(connectionId: string, message: LogoutMessage) {
    try {
      return redirectTo(await this.logout.execute(connectionId, message));
    } catch (error) {
      if (error instanceof Refusal) return redirectTo(signInPage('refused'));
      throw error;
    }
  }
}

/** Where a browser goes after the answer of a provider. What was verified waits for it under the handle, once. */
export function nextPage(connectionId: string, settled: Settled): string {
  switch (settled.kind) {
    case 'handoff':
      return settled.asks
        ? `/sign-in/confirm#handle=${settled.handle}`
        : `/auth/sso/finish?handle=${settled.handle}`;
    case 'tested':
      return testPage(connectionId, settled.attemptId, settled.isByLink);
    case 'refused':
      return signInPage('refused', settled.attemptId);
  }
}
