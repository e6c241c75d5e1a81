import { DONE, type EventDescription, REFUSED } from './event-description.js';

/** What the platform does by itself. Mails are named by their template, never by what they say. */
export const DELIVERY_EVENTS = {
  'mail.sent': {
    when: 'The SMTP server took a mail.',
    outcomes: DONE,
    target: ['mail'],
    details: { template: 'of the mail', attempts: 'how many it took' },
  },
  'mail.failed': {
    when: 'A mail was given up, or could not be sent at all.',
    outcomes: REFUSED,
    target: ['mail'],
    details: { template: 'of the mail', attempts: 'how many were made', reason: 'why', code: 'the SMTP reply' },
  },
  'mail.limited': {
    when: 'A mail was not written, because there were too many.',
    outcomes: REFUSED,
    details: { template: 'of the mail', reason: 'which limit' },
  },
  'webhook.disabled': {
    when: 'A webhook was disabled: its receiver answered 410, or took nothing for three days.',
    outcomes: REFUSED,
    target: ['webhook'],
    details: { reason: '`gone` or `failing`' },
  },
  'tenant.quota_reached': {
    when: 'The tenant has as many of something as it [may have](quotas.md), and one more was refused.',
    outcomes: REFUSED,
    details: { quota: 'of what', allowed: 'how many it may have', used: 'how many it has' },
  },
  'tenant.rate_limited': {
    when: 'The tenant did as much of something as it [may do](quotas.md), and more was refused.',
    outcomes: REFUSED,
    details: { limit: 'of what', allowed: 'how many it may do', per: 'in which time' },
  },
  'network.slowed': {
    when: 'A network reached a [limit](limits.md).',
    outcomes: REFUSED,
    details: { limit: 'which one' },
  },
} as const satisfies Record<string, EventDescription>;
