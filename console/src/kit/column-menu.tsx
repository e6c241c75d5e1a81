import { Button, Menu } from '@mantine/core';
import { Icon } from '../design/icon.js';
import { useSharedTexts } from '../texts/texts.js';
import type { ListModel, ListRow } from './list-model.js';

/** Which columns a list shows. What each row is known by stays. */
export function ColumnMenu<Row extends ListRow>({ model }: { readonly model: ListModel<Row> }) {
  const t = useSharedTexts();
  const columns = model.getAllLeafColumns().filter((column) => column.getCanHide());
  const [shown, all] = [model.getVisibleLeafColumns().length, model.getAllLeafColumns().length];
  if (columns.length < 2) return null;
  return (
    <Menu
      position="bottom-end"
      width="max-content"
      trapFocus
      closeOnItemClick={false}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<Icon name="columns" />}>
          {shown === all ? t('list.columns') : t('list.columns_shown', { shown, all })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columns.map((column) => (
          <Menu.CheckboxItem
            key={column.id}
            checked={column.getIsVisible()}
            onChange={(isShown) => column.toggleVisibility(isShown)}
          >
            {column.columnDef.header as string}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item closeMenuOnClick disabled={shown === all} onClick={() => model.toggleAllColumnsVisible(true)}>
          {t('list.columns_all')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
