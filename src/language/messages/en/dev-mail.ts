/** The mailbox of a development installation. */
export const devMail = {
  'devMail.title': 'Mail of this server',
  'devMail.text':
    'Without SMTP_URL, a development installation sends no mail and shows it here. This page does not exist in production.',
  'devMail.none': 'No mail was written yet.',
  'devMail.to': 'To {to}',
  'devMail.from': 'From {from}',
  'devMail.sent': '{tenant}, {date, date, moment}',
  'devMail.back': 'All mails',
  'devMail.html': 'As HTML',
  'devMail.plain': 'As text',
} as const;
