import { defineTexts } from '../../texts/texts.js';

export const texts = defineTexts({
  en: {
    kind: 'Kind',
    kind_user: 'Person',
    kind_group: 'Group',
    kind_client: 'Application',
    choose: 'Choose somebody first.',
    clear: 'Clear',
    searching: 'Searching',
    nothing_found: 'Nothing begins with this.',
    more_names: '{names} and {count} more',
  },
  de: {
    kind: 'Art',
    kind_user: 'Person',
    kind_group: 'Gruppe',
    kind_client: 'Anwendung',
    choose: 'Wählen Sie zuerst jemanden.',
    clear: 'Leeren',
    searching: 'Wird gesucht',
    nothing_found: 'Nichts beginnt so.',
    more_names: '{names} und {count} weitere',
  },
});
