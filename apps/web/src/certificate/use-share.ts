import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';

/** Hands a link on: through the device's own way to share where it has one, else by the clipboard. */
export function useShare(): (title: string, link: string) => void {
  const toasts = useToasts();
  const share = async (title: string, link: string): Promise<void> => {
    try {
      // Desktops offer it too, but there a copied link is what people expect.
      if ('share' in navigator && window.matchMedia('(pointer: coarse)').matches) {
        await navigator.share({ title, url: link });
        return;
      }
      await navigator.clipboard.writeText(link);
      toasts.show(t('certificate.copied'));
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      toasts.show(t('certificate.notCopied', { link }), 'bad');
    }
  };
  return (title, link) => {
    void share(title, link);
  };
}
