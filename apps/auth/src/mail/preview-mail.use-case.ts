import type { MailPreview } from '#libs/contracts/auth';
import { linkPaths } from '#libs/contracts/auth';
import { newId } from '#libs/kernel';
import { type TenantProfiles, type RequestSite } from '../tenant/tenant-profile.js';
import { letterOf } from './letter.js';
import { linkTo } from './link.js';
import type { Letter } from './mailer.js';

const paths: Partial<Record<MailPreview['template'], string>> = {
  invitation: linkPaths.invitation,
  verification: linkPaths.verification,
  account_exists: '/sign-in',
  password_reset: linkPaths.passwordReset,
};

/** A mail with made-up contents, so that an administrator sees what the academy's people get. */
export class PreviewMail {
  constructor(
    private readonly profiles: TenantProfiles,
    /** The address that all mail comes from. */
    private readonly sender: string,
  ) {}

  async execute(template: MailPreview['template'], site: RequestSite): Promise<MailPreview> {
    const { subject, from, replyTo, text } = await this.letter(template, site);
    return {
      ...{ template, subject, text },
      from: { name: from, address: this.sender },
      replyTo: replyTo ?? null,
      htmlUrl: `/api/v1/mail-templates/${template}/html`,
    };
  }

  async letter(template: MailPreview['template'], site: RequestSite): Promise<Letter> {
    const home = await this.profiles.linkOrigin(site);
    const path = paths[template];
    const to = { email: 'somebody@example.com', name: 'Sam Sample' };
    const link = path === undefined ? {} : { link: linkTo(home, path, 'example') };
    return letterOf(
      newId(),
      { template, to, inviter: 'Alex Example', ...link },
      // Somebody looks at what he has changed this moment.
      await this.profiles.latest(),
      home,
    );
  }
}
