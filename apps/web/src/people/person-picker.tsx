import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import type { User } from '#libs/contracts/auth';
import { useApi } from '../api/api-context.js';
import { useSettled } from '../design/use-settled.js';
import { t } from '../language/t.js';
import { findPeopleQuery } from './people.queries.js';
import '../design/table.css';
import './people.css';
import '../design/menu.css';
import '../design/field.css';

export type PickedPerson = Pick<User, 'id' | 'name' | 'email'>;

interface PersonPickerProps {
  readonly label: string;
  readonly description?: string;
  readonly error?: string | null | undefined;
  readonly value: PickedPerson | null;
  readonly onChange: (person: PickedPerson | null) => void;
  /** Who cannot be chosen. */
  readonly without?: readonly string[];
}

/** One person, found by name or address while typing. An emptied box is nobody. */
export function PersonPicker({
  label,
  description,
  error,
  value,
  onChange,
  without = [],
}: PersonPickerProps) {
  const [words, setWords] = useState(value?.name ?? '');
  const [shownFor, setShownFor] = useState(value?.id ?? null);
  if (shownFor !== (value?.id ?? null)) {
    setShownFor(value?.id ?? null);
    setWords(value?.name ?? '');
  }
  const settled = useSettled(words === value?.name ? '' : words.trim(), 250);
  // Nobody is looked for before somebody looks.
  const [isUsed, setUsed] = useState(false);
  const found = useQuery({ ...findPeopleQuery(useApi(), settled), enabled: isUsed });
  const people = (found.data ?? []).filter(({ id }) => !without.includes(id));
  return (
    <ComboBox
      className="field"
      menuTrigger="focus"
      onFocus={() => {
        setUsed(true);
      }}
      allowsEmptyCollection
      items={people}
      inputValue={words}
      onInputChange={(next) => {
        setWords(next);
        if (next === '' && value !== null) onChange(null);
      }}
      value={value?.id ?? null}
      onChange={(key) => {
        if (key === null) return;
        const person = people.find(({ id }) => id === key);
        if (person === undefined) return;
        setWords(person.name);
        onChange(person);
      }}
      isInvalid={error !== undefined && error !== null && error !== ''}
      validationBehavior="aria"
    >
      <Label className="field__label">{label}</Label>
      <div className="field__box">
        <Input className="input input--with-button" placeholder={t('people.searchHint')} />
        <Button className="field__button" aria-label={t('people.showList')}>
          <ChevronsUpDown aria-hidden />
        </Button>
      </div>
      {description !== undefined && (
        <Text slot="description" className="field__description">
          {description}
        </Text>
      )}
      <FieldError className="field__error">{error}</FieldError>
      <Popover className="popover picker" offset={4}>
        <ListBox<User>
          className="picker__list"
          renderEmptyState={() => (
            <p className="picker__none">{t(found.isPending ? 'state.loading' : 'people.none.title')}</p>
          )}
        >
          {(person) => (
            <ListBoxItem id={person.id} textValue={person.name} className="picker__item">
              <Text slot="label" className="table__name">
                {person.name}
              </Text>
              <Text slot="description" className="table__detail">
                {person.email}
              </Text>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
