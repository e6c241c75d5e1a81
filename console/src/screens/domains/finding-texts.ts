import { defineTexts } from '../../texts/texts.js';

/** What the platform found where the proof of a domain should be. */
export const findingTexts = defineTexts({
  en: {
    dns_proven: 'The record proves it.',
    dns_other: 'There are records of this name and type, and none is the expected one.',
    dns_absent: 'There is no such record.',
    dns_silent: 'The name servers gave no answer.',
    file_proven: 'The file proves it.',
    file_absent: 'There is no such file, or it has no line that is the expected one.',
    file_silent: 'The file could not be fetched.',
    platform_says: 'What the platform saw, in English:',
  },
  de: {
    dns_proven: 'Der Eintrag weist es nach.',
    dns_other: 'Es gibt Einträge mit diesem Namen und Typ, aber keiner ist der erwartete.',
    dns_absent: 'Es gibt keinen solchen Eintrag.',
    dns_silent: 'Die Nameserver haben nicht geantwortet.',
    file_proven: 'Die Datei weist es nach.',
    file_absent: 'Es gibt keine solche Datei, oder keine ihrer Zeilen ist die erwartete.',
    file_silent: 'Die Datei ließ sich nicht holen.',
    platform_says: 'Was die Plattform gesehen hat, auf Englisch:',
  },
});
