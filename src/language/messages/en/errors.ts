/** Pages that say what went wrong and who can help. */
export const errors = {
  'expired.title': 'This sign-in took too long',
  'expired.text':
    'For your protection, a sign-in has to be finished within a short time. Nothing is lost: just start again.',
  'expired.startAgain': 'Start again',

  'notFound.title': 'There is nothing here',
  'notFound.text': 'No sign-in service answers at this address. Please check the address or the link you followed.',

  'error.whoCanHelp': 'What you can do',
  'error.requestId': 'Request ID',
  'error.code': 'Code',
  'error.person': 'Please go back to the application and start again. If it happens again, tell its support team.',
  'error.developer':
    'Only the developer of the application can fix this. Please tell them what you see here and quote the request ID.',
  'error.administrator':
    'An administrator of your organisation can fix this. Please tell them what you see here and quote the request ID.',
  'error.operator': 'Please try again in a minute. If it happens again, contact support and quote the request ID.',
  'error.wait': 'Please try again {wait}. If it happens again, contact support and quote the request ID.',
  'error.backToStart': 'Go back',
  'error.again': 'Try again',
  'error.toAccount': 'Your account',
  'error.toSignIn': 'Sign in to your account',
  'error.details': 'For developers (shown in development only)',
  'error.invalid_request.title': 'The application sent an incomplete request',
  'error.invalid_request.text': 'Something in the request is missing or not correct, so we stopped here.',
  'error.unknown_client.title': 'We do not know this application',
  'error.unknown_client.text': 'The application that sent you here is not registered with us.',
  'error.redirect_uri_mismatch.title': 'We cannot return you safely',
  'error.redirect_uri_mismatch.text':
    'The application asked us to send you to an address that it has not registered. For your protection we do not.',
  'error.form_expired.title': 'This form is no longer valid',
  'error.form_expired.text':
    'It had been open for too long, or your browser refused our cookie. Please allow cookies for this site and try again.',
  'error.request_gone.title': 'This sign-in cannot be continued here',
  'error.request_gone.text':
    'It was begun in another browser, or too long ago, or its address is not complete. Nothing is wrong with your account.',
  'error.not_found.title': 'This page does not exist',
  'error.not_found.text': 'Please check the address or the link you followed.',
  'error.unauthorized_client.title': 'The application may not do this',
  'error.unauthorized_client.text': 'It is registered, but this way of signing in has not been enabled for it.',
  'error.access_denied.title': 'Access was not given',
  'error.access_denied.text': 'The application was told that it may not use your account. Nothing was shared.',
  'error.unsupported_response.title': 'The application asked for an answer we do not give',
  'error.unsupported_response.text': 'It wants the result of the sign-in in a form that is not available here.',
  'error.invalid_scope.title': 'The application asked for too much',
  'error.invalid_scope.text': 'It wants permissions that do not exist here or that it may not have.',
  'error.invalid_target.title': 'The application asked for an unknown service',
  'error.invalid_target.text': 'It wants access to a service that does not exist here or that it may not use.',
  'error.invalid_request_object.title': 'We could not check the request',
  'error.invalid_request_object.text':
    'The application sent a signed or linked request that is not valid or not accepted here.',
  'error.server_error.title': 'Something went wrong on our side',
  'error.server_error.text': 'This is not your fault, and none of your details were lost.',
  'error.temporarily_unavailable.title': 'We are very busy right now',
  'error.temporarily_unavailable.text': 'The service cannot answer at the moment.',
  'error.too_many_requests.title': 'Too many people are signing in',
  'error.too_many_requests.text':
    'More sign-ins were begun from your network than we take at once. Nothing is wrong with your account.',
  'error.tenant_busy.title': 'Too many people are signing in',
  'error.tenant_busy.text': 'Too many sign-ins were sent here at the same time. Nothing is wrong with your account.',
  'error.login_required.title': 'You are not signed in',
  'error.login_required.text': 'The application expected you to be signed in already.',
  'error.interaction_required.title': 'We need to ask you something first',
  'error.interaction_required.text': 'The application tried to continue without you, but this step needs your answer.',
  'error.stronger_sign_in.title': 'A stronger sign-in is needed',
  'error.stronger_sign_in.text':
    'The application asks for a way of confirming your identity that is not set up for your account.',
} as const;
