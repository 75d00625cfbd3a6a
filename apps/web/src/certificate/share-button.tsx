import { Share2 } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { t } from '../language/t.js';
import { useShare } from './use-share.js';

interface ShareButtonProps {
  readonly title: string;
  readonly path: string;
  readonly className: string;
}

/** The public page of a certificate, to be passed on. */
export function ShareButton({ title, path, className }: ShareButtonProps) {
  const share = useShare();
  return (
    <Button
      className={className}
      aria-label={t('certificates.shareOf', { title })}
      onPress={() => {
        share(title, new URL(path, window.location.origin).href);
      }}
    >
      <Share2 aria-hidden />
      <span>{t('certificates.share')}</span>
    </Button>
  );
}
