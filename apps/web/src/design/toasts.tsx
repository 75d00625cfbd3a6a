import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { createContext, type ReactNode, use, useState, useSyncExternalStore } from 'react';
import { t } from '../language/t.js';
import { PlainButton, PlainIconButton } from './plain-button.js';
import { ToastQueue } from './toast-queue.js';
import './toasts.css';

const ToastContext = createContext<ToastQueue | null>(null);

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [queue] = useState(() => new ToastQueue());
  return (
    <ToastContext value={queue}>
      {children}
      <Toasts queue={queue} />
    </ToastContext>
  );
}

export function useToasts(): ToastQueue {
  const queue = use(ToastContext);
  if (queue === null) throw new Error('useToasts needs a ToastProvider above it.');
  return queue;
}

function Toasts({ queue }: { readonly queue: ToastQueue }) {
  const toasts = useSyncExternalStore(queue.subscribe, queue.current);
  return (
    <div className="toasts" role="status" aria-live="polite" aria-atomic="false">
      {toasts.map((toast) => (
        <div key={toast.id} className={`toast toast--${toast.tone}`}>
          {toast.tone === 'good' ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
          <p>{toast.text}</p>
          {toast.action !== undefined && (
            <PlainButton
              look="secondary"
              size="s"
              onClick={() => {
                toast.action?.run();
                queue.dismiss(toast.id);
              }}
            >
              {toast.action.label}
            </PlainButton>
          )}
          <PlainIconButton
            label={t('action.dismiss')}
            onClick={() => {
              queue.dismiss(toast.id);
            }}
          >
            <X aria-hidden />
          </PlainIconButton>
        </div>
      ))}
    </div>
  );
}
