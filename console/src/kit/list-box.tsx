import type { ChangeEvent } from 'react';

interface ListBoxProps {
  readonly label: string;
  readonly isChecked: boolean;
  /** Some of those that it stands for are. */
  readonly isMixed?: boolean;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
}

/** The browser's own checkbox: a list has fifty, and must be there at once. */
export function ListBox({ label, isChecked, isMixed = false, onChange }: ListBoxProps) {
  return (
    <input
      type="checkbox"
      className="list-box"
      aria-label={label}
      checked={isChecked}
      ref={(box) => {
        if (box) box.indeterminate = isMixed;
      }}
      // Shift selects a range of rows, and not the text between them.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onChange={onChange}
    />
  );
}
