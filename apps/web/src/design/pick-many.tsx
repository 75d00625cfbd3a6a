import { ChevronDown, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import { t } from '../language/t.js';
import './pick-many.css';
import './menu.css';

export interface PickOption {
  readonly id: string;
  readonly label: string;
  /** Beside it: an address, a number. */
  readonly detail?: string;
}

interface PickManyProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly options: readonly PickOption[];
  readonly chosen: readonly PickOption[];
  readonly onChange: (chosen: readonly PickOption[]) => void;
  /** The options are the server's answer to these words; without it they are searched here. */
  readonly onSearch?: (words: string) => void;
  /** Somebody has come to choose: for options that are asked for only then. */
  readonly onUse?: () => void;
  /** The options are on their way. */
  readonly isPending?: boolean;
  /** The answer to these words is on its way: until then only what fits of the one before is offered. */
  readonly isSearching?: boolean;
  readonly error?: string | null;
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Several of many, found by typing. What is chosen stands above the box and is taken away by its own button. */
export function PickMany({
  label,
  placeholder,
  options,
  chosen,
  onChange,
  onSearch,
  onUse,
  isPending = false,
  isSearching = false,
  error,
}: PickManyProps) {
  const [words, setWords] = useState('');
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  // Each choice begins the box anew: closed, empty and in focus, ready for the next.
  const [choices, setChoices] = useState(0);
  useEffect(() => {
    if (choices > 0) input.current?.focus();
  }, [choices]);
  const left = options.filter(({ id }) => !chosen.some((one) => one.id === id));
  const shown =
    onSearch === undefined || isSearching
      ? left.filter((option) => folded(option.label).includes(folded(words.trim())))
      : left;
  const search = (next: string): void => {
    setWords(next);
    onSearch?.(next);
  };
  return (
    <div className="pick">
      <ComboBox
        key={choices}
        className="field"
        menuTrigger="input"
        {...(onUse !== undefined && { onFocus: onUse })}
        items={shown}
        inputValue={words}
        onInputChange={search}
        value={null}
        onChange={(key) => {
          const option = left.find(({ id }) => id === key);
          if (option === undefined) return;
          onChange([...chosen, option]);
          search('');
          setChoices(choices + 1);
        }}
        allowsEmptyCollection
        isInvalid={error !== undefined && error !== null && error !== ''}
        validationBehavior="aria"
      >
        <Label className="field__label">{label}</Label>
        {chosen.length > 0 && (
          <ul className="pick__chosen" id={listId} aria-label={t('pick.chosen', { label })}>
            {chosen.map((option) => (
              <li key={option.id} className="pick__one">
                <span>{option.label}</span>
                <AriaButton
                  slot={null}
                  className="pick__remove"
                  aria-label={t('pick.remove', { name: option.label })}
                  onPress={() => {
                    onChange(chosen.filter(({ id }) => id !== option.id));
                    input.current?.focus();
                  }}
                >
                  <X aria-hidden />
                </AriaButton>
              </li>
            ))}
          </ul>
        )}
        <div className="field__box">
          <Input ref={input} className="input input--with-button" placeholder={placeholder ?? ''} />
          <AriaButton className="field__button">
            <ChevronDown aria-hidden />
          </AriaButton>
        </div>
        <FieldError className="field__error">{error}</FieldError>
        <Popover className="popover pick__popover">
          <ListBox<PickOption>
            className="menu pick__list"
            renderEmptyState={() => (
              <p className="pick__none">{t(isPending ? 'state.loading' : 'pick.none')}</p>
            )}
          >
            {(option) => (
              <ListBoxItem id={option.id} textValue={option.label} className="menu__item">
                <Text slot="label" className="pick__label">
                  {option.label}
                </Text>
                {option.detail !== undefined && (
                  <Text slot="description" className="pick__detail">
                    {option.detail}
                  </Text>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </div>
  );
}
