/** The page that carries an answer to an application. */
export const formPost = {
  'formPost.title': 'One moment, please',
  'formPost.text': 'You are being returned to {client}.',
  'formPost.textPlain': 'You are being returned to the application.',
  'formPost.byHand': 'If nothing happens, please continue yourself.',
  'formPost.submit': 'Continue',
} as const;
