import { type ReactNode } from 'react';
import {
  Tab as AriaTab,
  TabList as AriaTabList,
  TabPanel as AriaTabPanel,
  Tabs as AriaTabs,
} from 'react-aria-components/Tabs';
import './tabs.css';

interface TabsProps<K extends string> {
  readonly label: string;
  readonly tabs: readonly {
    readonly id: K;
    readonly title: string;
    readonly count?: number;
    readonly panel: ReactNode;
  }[];
  readonly selected: K;
  readonly onSelect: (id: K) => void;
}

export function Tabs<K extends string>({ label, tabs, selected, onSelect }: TabsProps<K>) {
  return (
    <AriaTabs
      className="tabs"
      selectedKey={selected}
      onSelectionChange={(key) => {
        const tab = tabs.find(({ id }) => id === key);
        if (tab !== undefined) onSelect(tab.id);
      }}
    >
      <AriaTabList className="tabs__list" aria-label={label}>
        {tabs.map(({ id, title, count }) => (
          <AriaTab key={id} id={id} className="tabs__tab">
            {title}
            {count !== undefined && <span className="tabs__count">{count}</span>}
          </AriaTab>
        ))}
      </AriaTabList>
      {tabs.map(({ id, panel }) => (
        <AriaTabPanel key={id} id={id} className="tabs__panel">
          {panel}
        </AriaTabPanel>
      ))}
    </AriaTabs>
  );
}
