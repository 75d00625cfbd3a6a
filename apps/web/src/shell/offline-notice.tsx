import { WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { t } from '../language/t.js';
import './offline-notice.css';

const subscribe = (onChange: () => void): (() => void) => {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
};

/** Says that there is no network, before something fails for it. */
export function OfflineNotice() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status" className="offline-place">
      {!isOnline && (
        <p className="offline">
          <WifiOff aria-hidden /> {t('offline.text')}
        </p>
      )}
    </div>
  );
}
