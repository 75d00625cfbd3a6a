import { X } from 'lucide-react';
import { type ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { t } from '../language/t.js';
import { IconButton } from './button.js';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** The buttons, the main one last. */
  readonly actions?: ReactNode;
  readonly role?: 'dialog' | 'alertdialog';
  readonly size?: 's' | 'm' | 'l';
}

export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  actions,
  role = 'dialog',
  size = 'm',
}: DialogProps) {
  const onOpenChange = (open: boolean): void => {
    if (!open) onClose();
  };
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={role === 'dialog'}
    >
      <Modal className={`modal modal--${size}`}>
        <AriaDialog className="dialog" role={role}>
          <header className="dialog__header">
            <Heading slot="title" className="dialog__title">
              {title}
            </Heading>
            <IconButton label={t('action.close')} onPress={onClose}>
              <X aria-hidden />
            </IconButton>
          </header>
          <div className="dialog__body">{children}</div>
          {actions !== undefined && <footer className="dialog__actions">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface DrawerProps {
  readonly label: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A panel from the side, for what stands beside the page where there is room for it. */
export function Drawer({ label, isOpen, onClose, children }: DrawerProps) {
  const onOpenChange = (open: boolean): void => {
    if (!open) onClose();
  };
  return (
    <ModalOverlay className="overlay overlay--side" isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <Modal className="drawer">
        <AriaDialog className="drawer__dialog" aria-label={label}>
          <div className="drawer__close">
            <IconButton label={t('action.close')} onPress={onClose}>
              <X aria-hidden />
            </IconButton>
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
