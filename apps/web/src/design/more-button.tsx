import { t } from '../language/t.js';
import { Button } from './button.js';
import type { InfiniteList } from './data-table.js';
import './table.css';

/** The next page of a list, where there is one. */
export function MoreButton({ of }: { readonly of: InfiniteList }) {
  if (!of.hasNextPage) return null;
  return (
    <p className="more">
      <Button
        look="secondary"
        isPending={of.isFetchingNextPage}
        onPress={() => {
          void of.fetchNextPage();
        }}
      >
        {t('action.more')}
      </Button>
    </p>
  );
}
