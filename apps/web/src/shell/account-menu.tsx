import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LogOut, Monitor, MonitorSmartphone, Moon, Sun, UserRound, UsersRound } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { useSaveProfile } from '../account/save-profile.js';
import { useApi } from '../api/api-context.js';
import { MenuChoice, MenuItem, MenuPanel } from '../design/menu.js';
import { applyTheme, readTheme, type Theme } from '../design/theme.js';
import { ownNameOf } from '../language/language-name.js';
import { languages } from '../language/languages.js';
import { language } from '../language/speech.js';
import { t } from '../language/t.js';
import { hasTeamQuery } from '../my-team/has-team.queries.js';
import { type SessionUser } from '../session/session-user.js';
import { useSignOut } from '../session/use-sign-out.js';
import './app-shell.css';

interface AccountMenuProps {
  readonly user: SessionUser;
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

/** What the button with one's initials opens. */
export function AccountMenu({ user, trigger, onClose }: AccountMenuProps) {
  const navigate = useNavigate();
  const signOut = useSignOut();
  const save = useSaveProfile();
  const team = useQuery(hasTeamQuery(useApi()));
  const hasTeam = team.data?.hasTeam ?? false;
  const [theme, setTheme] = useState(() => readTheme(localStorage));
  const chooseTheme = (chosen: Theme): void => {
    applyTheme(chosen, document.documentElement, localStorage);
    setTheme(chosen);
  };
  return (
    <MenuPanel
      label={t('account.menu')}
      trigger={trigger}
      onClose={onClose}
      header={
        <div className="shell__who">
          <span className="shell__who-name">{user.name}</span>
          <span className="shell__who-email">{user.email}</span>
        </div>
      }
    >
      <MenuItem icon={<UserRound aria-hidden />} onAction={() => void navigate({ to: '/account' })}>
        {t('account.profile')}
      </MenuItem>
      <MenuItem
        icon={<MonitorSmartphone aria-hidden />}
        onAction={() => void navigate({ to: '/account', hash: 'sessions' })}
      >
        {t('account.sessions')}
      </MenuItem>
      {hasTeam && (
        <MenuItem icon={<UsersRound aria-hidden />} onAction={() => void navigate({ to: '/my-team' })}>
          {t('nav.myTeam')}
        </MenuItem>
      )}
      <MenuChoice
        label={t('theme.title')}
        chosen={theme}
        onChoose={chooseTheme}
        options={[
          { id: 'system', label: t('theme.system'), icon: <Monitor aria-hidden /> },
          { id: 'light', label: t('theme.light'), icon: <Sun aria-hidden /> },
          { id: 'dark', label: t('theme.dark'), icon: <Moon aria-hidden /> },
        ]}
      />
      <MenuChoice
        label={t('account.languageField')}
        chosen={language()}
        onChoose={(chosen) => {
          if (chosen !== language()) save.mutate({ locale: chosen });
        }}
        options={languages.map((tag) => ({ id: tag, label: ownNameOf(tag) }))}
      />
      <MenuItem icon={<LogOut aria-hidden />} onAction={signOut}>
        {t('account.signOut')}
      </MenuItem>
    </MenuPanel>
  );
}
