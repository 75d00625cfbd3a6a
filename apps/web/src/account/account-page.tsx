import { usePageTitle } from '../brand/brand-context.js';
import { Avatar } from '../design/avatar.js';
import { Badge } from '../design/badge.js';
import { PageHeading } from '../design/page-heading.js';
import { t } from '../language/t.js';
import { roleName } from '../people/role-name.js';
import { PreferencesSection } from '../notifications/preferences-section.js';
import { MyDataSection } from '../privacy/my-data-section.js';
import { useUser } from '../session/session.queries.js';
import { LanguageSection } from './language-section.js';
import { SecurityLink } from './security-link.js';
import { PasswordSection } from './password-section.js';
import { ProfileSection } from './profile-section.js';
import { SessionsSection } from './sessions-section.js';
import './account.css';

export function AccountPage() {
  const user = useUser();
  usePageTitle(t('account.title'));
  return (
    <div className="account">
      <PageHeading title={t('account.title')}>{t('account.lead')}</PageHeading>
      <div className="account__who">
        <Avatar name={user.name} size="l" />
        <div>
          <p className="account__name">{user.name}</p>
          <p className="account__email">{user.email}</p>
        </div>
        <Badge>{roleName(user.role)}</Badge>
      </div>
      <ProfileSection user={user} />
      <LanguageSection user={user} />
      <PreferencesSection />
      <SecurityLink />
      <PasswordSection />
      <SessionsSection />
      <MyDataSection />
    </div>
  );
}
