import type { MailTemplate } from '../mail-template.js';

/** Tells an owner of a tenant that the proof of a domain is missing, or has been for too long. */
export const domainProofMail = {
  subject: 'mail.domainProof.subject',
  paragraphs: ['mail.domainProof.text', 'mail.domainProof.how'],
  isNotice: true,
  isOfOthers: true,
} as const satisfies MailTemplate;
