/** What administrators decided about clients of developers, by mail. */
export const clientMails = {
  'mail.clientApproved.subject': '{client} was approved at {tenant}',
  'mail.clientApproved.text': 'What you handed in for {client} was approved. It holds from now on.',
  'mail.clientRejected.subject': '{client} was not approved at {tenant}',
  'mail.clientRejected.text': 'An administrator of {tenant} has looked at {client} and did not approve it.',
  'mail.clientRejected.next': 'You can change it and hand it in again.',
  'mail.clientChangeRejected.subject': 'Changes of {client} were not approved at {tenant}',
  'mail.clientChangeRejected.text':
    'An administrator of {tenant} did not approve what you wanted to change of {client}. It goes on as it was.',
  'mail.clientDecision.reason': 'The reason that was given: {reason}',
  'mail.clientDecision.button': 'Look at the application',
  'mail.clientSuspended.subject': '{client} was suspended at {tenant}',
  'mail.clientSuspended.text':
    'An administrator of {tenant} has suspended {client}. Nobody can sign in with it, and its tokens have ended.{given, select, no {} other { The reason that was given: {reason}}}',
  'mail.clientResumed.subject': '{client} can be used again at {tenant}',
  'mail.clientResumed.text': 'An administrator of {tenant} has resumed {client}. People can sign in with it again.',
} as const;
