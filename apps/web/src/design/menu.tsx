import { Check } from 'lucide-react';
import { type ReactNode, type RefObject } from 'react';
import { Header } from 'react-aria-components/Header';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  MenuTrigger,
} from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import './menu.css';

interface MenuProps {
  readonly label: string;
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  /** Above the items: who or what the menu is about. */
  readonly header?: ReactNode;
}

export function Menu({ label, trigger, children, header }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement="bottom end" offset={6}>
        {header !== undefined && <div className="menu__header">{header}</div>}
        <AriaMenu className="menu" aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface MenuPanelProps extends Omit<MenuProps, 'trigger'> {
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

/** The same under a button of its own, for a menu that comes only when it is asked for. */
export function MenuPanel({ label, trigger, children, header, onClose }: MenuPanelProps) {
  return (
    <Popover
      className="popover"
      placement="bottom end"
      offset={6}
      trigger="MenuTrigger"
      triggerRef={trigger}
      isOpen
      onOpenChange={onClose}
    >
      {header !== undefined && <div className="menu__header">{header}</div>}
      <AriaMenu className="menu" aria-label={label} autoFocus="first" onClose={onClose}>
        {children}
      </AriaMenu>
    </Popover>
  );
}

interface MenuItemProps {
  readonly icon?: ReactNode;
  readonly children: string;
  readonly onAction: () => void;
  readonly tone?: 'plain' | 'danger';
  readonly isDisabled?: boolean;
}

export function MenuItem({ icon, children, onAction, tone = 'plain', isDisabled = false }: MenuItemProps) {
  return (
    <AriaMenuItem
      className={`menu__item menu__item--${tone}`}
      onAction={onAction}
      textValue={children}
      isDisabled={isDisabled}
    >
      {icon}
      <span>{children}</span>
    </AriaMenuItem>
  );
}

interface MenuChoiceProps<K extends string> {
  readonly label: string;
  readonly options: readonly { readonly id: K; readonly label: string; readonly icon?: ReactNode }[];
  readonly chosen: K;
  readonly onChoose: (id: K) => void;
}

/** One of several, set apart from the other items. */
export function MenuChoice<K extends string>({ label, options, chosen, onChoose }: MenuChoiceProps<K>) {
  return (
    <>
      <Separator className="menu__separator" />
      <MenuSection
        selectionMode="single"
        selectedKeys={[chosen]}
        disallowEmptySelection
        onSelectionChange={(keys) => {
          const option = options.find(({ id }) => keys !== 'all' && keys.has(id));
          if (option !== undefined) onChoose(option.id);
        }}
      >
        <Header className="menu__title">{label}</Header>
        {options.map((option) => (
          <AriaMenuItem key={option.id} id={option.id} className="menu__item" textValue={option.label}>
            {option.icon}
            <span>{option.label}</span>
            {option.id === chosen && <Check aria-hidden className="menu__check" />}
          </AriaMenuItem>
        ))}
      </MenuSection>
      <Separator className="menu__separator" />
    </>
  );
}
