import { Link, useMatchRoute } from '@tanstack/react-router';
import { ChevronsUpDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Drawer } from '../design/dialog.js';
import { useMediaQuery } from '../design/use-media-query.js';
import { t } from '../language/t.js';
import { type SideGroup, type SidePlace } from './side-nav.js';
import './side-layout.css';

interface SideLayoutProps {
  /** The name of the navigation. */
  readonly label: string;
  readonly groups: readonly SideGroup[];
  readonly children: ReactNode;
}

/** A side navigation and the page it leads to. Where there is no room for both, it opens from a button. */
export function SideLayout({ label, groups, children }: SideLayoutProps) {
  const isNarrow = useMediaQuery('(max-width: 60rem)');
  return (
    <div className="side">
      {isNarrow ? (
        <NarrowNav label={label} groups={groups} />
      ) : (
        <div className="side__column">
          <Places label={label} groups={groups} />
        </div>
      )}
      <div className="side__page">{children}</div>
    </div>
  );
}

function NarrowNav({ label, groups }: Omit<SideLayoutProps, 'children'>) {
  const [isOpen, setOpen] = useState(false);
  const match = useMatchRoute();
  const current = groups
    .flatMap(({ places }) => places)
    .find(({ to, exact }) => match({ to, fuzzy: exact !== true }) !== false);
  const close = (): void => {
    setOpen(false);
  };
  return (
    <>
      <AriaButton
        className="side__open"
        aria-haspopup="dialog"
        onPress={() => {
          setOpen(true);
        }}
      >
        <span className="side__open-label">{label}</span>
        {current !== undefined && <span className="side__open-place">{t(current.label)}</span>}
        <ChevronsUpDown aria-hidden />
      </AriaButton>
      <Drawer label={label} isOpen={isOpen} onClose={close}>
        <Places label={label} groups={groups} onFollow={close} />
      </Drawer>
    </>
  );
}

interface PlacesProps {
  readonly label: string;
  readonly groups: readonly SideGroup[];
  readonly onFollow?: () => void;
}

function Places({ label, groups, onFollow }: PlacesProps) {
  return (
    <nav className="side__nav" aria-label={label}>
      {groups.map(({ title, places }) => (
        <div key={title} className="side__group">
          <h2 className="side__title" id={`side-${title}`}>
            {t(title)}
          </h2>
          <ul aria-labelledby={`side-${title}`}>
            {places.map((place) => (
              <li key={place.label}>
                <PlaceLink place={place} onFollow={onFollow} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function PlaceLink({
  place: { to, label, icon: Icon, exact = false },
  onFollow,
}: {
  readonly place: SidePlace;
  readonly onFollow: (() => void) | undefined;
}) {
  return (
    <Link to={to} className="side__place" activeOptions={{ exact }} onClick={onFollow}>
      <Icon aria-hidden />
      <span>{t(label)}</span>
    </Link>
  );
}
