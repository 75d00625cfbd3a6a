import { Controller } from '@nestjs/common';
import {
  listMails,
  previewMail,
  previewMailHtml,
  retryMail,
  summarizeMails,
  type MailPreview,
  type OutboxSummary,
} from '#libs/contracts/auth';
import { Download, Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { MailWatch } from './mail-watch.read-model.js';
import { PreviewMail } from './preview-mail.use-case.js';

// A mail draws and does nothing else: no script, no form. Pages of the same academy may frame it, with the pictures of its brand.
const CONFINED = {
  'content-security-policy':
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-same-origin",
};

@Controller()
export class MailController {
  constructor(
    private readonly watch: MailWatch,
    private readonly preview: PreviewMail,
  ) {}

  @Endpoint(listMails)
  async list(@Input() { query }: InputOf<typeof listMails>): Promise<ResultOf<typeof listMails>> {
    return this.watch.list(query);
  }

  @Endpoint(summarizeMails)
  async summary(): Promise<OutboxSummary> {
    return this.watch.summary();
  }

  @Endpoint(retryMail)
  async retry(@Input() { params }: InputOf<typeof retryMail>): Promise<ResultOf<typeof retryMail>> {
    await this.watch.retry(params.tenantId, params.mailId);
    return undefined;
  }

  @Endpoint(previewMail)
  async show(@Input() input: InputOf<typeof previewMail>): Promise<MailPreview> {
    return this.preview.execute(input.params.template, input);
  }

  @Endpoint(previewMailHtml)
  async html(@Input() input: InputOf<typeof previewMailHtml>): Promise<Download> {
    const { html } = await this.preview.letter(input.params.template, input);
    return new Download(html, { contentType: 'text/html; charset=utf-8', headers: CONFINED });
  }
}
