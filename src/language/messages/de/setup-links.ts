import type { setupLinks as en } from '../en/setup-links.js';
import type { Texts } from '../texts.js';

/** Links with which people without an account set a tenant up: their page and their mail. */
export const setupLinks: Texts<typeof en> = {
  'setupLink.title': '{tenant} einrichten',
  'setupLink.text': '{maker} bittet Sie, für {tenant} Folgendes zu tun:',
  'setupLink.purpose.verify_domain': 'Nachweisen, dass eine Domain Ihnen gehört',
  'setupLink.purpose.brand': 'Logo, Farben und Texte der Seiten festlegen',
  'setupLink.until': 'Der Link gilt bis {until, date, moment}.',
  'setupLink.again': 'Bis dahin können Sie ihn so oft öffnen, wie Sie ihn brauchen.',
  'setupLink.once': 'Er lässt sich einmal öffnen. Ab dann haben Sie acht Stunden Zeit.',
  'setupLink.account': 'Sie brauchen kein Konto. Was Sie ändern, wird protokolliert.',
  'setupLink.submit': 'Beginnen',
  'setupLink.ended': 'Dieser Link gilt nicht mehr',
  'setupLink.expired': 'Seine Zeit ist um. Bitten Sie den Absender um einen neuen.',
  'setupLink.revoked': 'Er wurde zurückgezogen. Bitten Sie den Absender um einen neuen.',
  'setupLink.used': 'Er ließ sich einmal öffnen, und das ist geschehen. Bitten Sie den Absender um einen neuen.',
  'setupLink.maker': 'Wer ihn erstellt hat, darf nicht mehr, wofür er gedacht ist. Bitten Sie um einen neuen.',
  'setupLink.unknown':
    'Er ist unvollständig oder nicht mehr vorhanden. Öffnen Sie ihn noch einmal so, wie Sie ihn bekommen haben, oder bitten Sie um einen neuen.',
  'mail.setupLink.subject': 'Bitte richten Sie {tenant} ein',
  'mail.setupLink.text':
    '{maker} bittet Sie, {purpose, select, verify_domain {für {tenant} nachzuweisen, dass eine Domain Ihnen gehört} brand {Logo, Farben und Texte der Seiten von {tenant} festzulegen} other {für {tenant} einiges einzurichten}}.',
  'mail.setupLink.how': 'Öffnen Sie den Link und folgen Sie den Schritten. Sie brauchen kein Konto.',
  'mail.setupLink.button': 'Einrichtung beginnen',
  'mail.setupLink.until':
    'Der Link gilt bis {until, date, moment}. Wer ihn hat, kann das tun; geben Sie ihn nur an die weiter, die es sollen.',
  'mail.setupLink.notYou': 'Wenn Sie nicht wissen, worum es geht, müssen Sie nichts tun.',
};
