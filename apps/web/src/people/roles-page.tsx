import { Check, Minus } from 'lucide-react';
import { permissions, permissionsOfRole, roles } from '#libs/contracts';
import { usePageTitle } from '../brand/brand-context.js';
import { PageHeading } from '../design/page-heading.js';
import { type MessageKey, t } from '../language/t.js';
import { may } from '../session/session-user.js';
import { useUser } from '../session/session.queries.js';
import { Forbidden } from '../shell/problem-page.js';
import { PeopleTabs } from './people-tabs.js';
import { roleName } from './role-name.js';
import './people.css';

/** What each role may do: the very table by which the server decides. */
export function RolesPage() {
  usePageTitle(t('people.tab.roles'));
  if (!may(useUser(), 'users.read')) return <Forbidden />;
  return (
    <>
      <PageHeading title={t('people.tab.roles')}>{t('roles.lead')}</PageHeading>
      <PeopleTabs />
      {/* It may be wider than the screen: whoever has no mouse scrolls it by the keyboard. */}
      <div className="matrix" tabIndex={0} role="region" aria-label={t('roles.matrix')}>
        <table aria-label={t('roles.matrix')}>
          <thead>
            <tr>
              <th scope="col">{t('roles.permission')}</th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {roleName(role)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissions.map((permission) => (
              <tr key={permission}>
                <th scope="row">{permissionName(permission)}</th>
                {roles.map((role) => (
                  <td key={role}>
                    {permissionsOfRole(role).includes(permission) ? (
                      <>
                        <Check className="matrix__yes" aria-hidden />
                        <span className="visually-hidden">{t('roles.yes')}</span>
                      </>
                    ) : (
                      <>
                        <Minus className="matrix__no" aria-hidden />
                        <span className="visually-hidden">{t('roles.no')}</span>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="matrix-note">{t('roles.owners')}</p>
    </>
  );
}

/** Every permission has words in each language; a new one shows by its name until it has. */
export function permissionName(permission: (typeof permissions)[number]): string {
  return t(`permission.${permission}` satisfies MessageKey);
}
