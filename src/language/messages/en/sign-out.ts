/** Signing out. */
export const signOut = {
  'signOut.title': 'Sign out?',
  'signOut.heading': 'Sign out of {tenant}?',
  'signOut.byClient': '{client} asks to sign you out.',
  'signOut.signedInAs': 'You are signed in as {name}.',
  'signOut.text':
    'This ends your session in this browser. Applications you signed in to may keep you signed in until you sign out there.',
  'signOut.confirm': 'Sign out',
  'signOut.stay': 'Stay signed in',

  'signedOut.title': 'You are signed out',
  'signedOut.text': 'Your session at {tenant} has ended in this browser.',
  'signedOut.shared':
    'If other people use this device, please also sign out of the applications you used and close the browser window.',
  'signedOut.applications': 'Applications',
  'signedOut.notified': 'Signed out',
  'signedOut.failed': 'Not reached – please sign out there yourself',
  'signedOut.signInAgain': 'Sign in again',
} as const;
