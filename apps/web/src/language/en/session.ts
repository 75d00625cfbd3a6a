export const session = {
  'signIn.title': 'Sign in',
  'signIn.lead': 'Welcome to {academy}.',
  'signIn.action': 'Sign in',
  'signIn.forgot': 'Forgot your password?',
  'signIn.noAccount': 'No account yet?',
  'signIn.inviteOnly': 'New here? This academy works by invitation. Ask your administrator for one.',
  'signIn.back': 'Back to sign-in',
  'signIn.motto': 'Learn what your work needs, at your own pace.',
  'signIn.refused.title': 'That did not work',
  'signIn.refused.text': 'The e-mail address or the password is not right. Check both and try again.',
  'signIn.locked.title': 'Too many attempts',
  'signIn.locked.later':
    'Sign-in is paused to keep this account safe. Try again later or reset your password.',
  'signIn.locked.seconds.one':
    'Sign-in is paused to keep this account safe. Try again in {count} second, or reset your password.',
  'signIn.locked.seconds.other':
    'Sign-in is paused to keep this account safe. Try again in {count} seconds, or reset your password.',
  'signIn.locked.minutes.one':
    'Sign-in is paused to keep this account safe. Try again in {count} minute, or reset your password.',
  'signIn.locked.minutes.other':
    'Sign-in is paused to keep this account safe. Try again in {count} minutes, or reset your password.',

  'register.title': 'Create your account',
  'register.lead': 'Join {academy}. It takes a minute.',
  'register.action': 'Create account',
  'register.haveAccount': 'Already have an account?',
  'register.domainOnly': 'Use the address that your organisation gave you.',
  'register.sent.title': 'Check your inbox',
  'register.sent.text': 'If {email} can join this academy, a confirmation link is on its way to it.',

  'forgot.title': 'Reset your password',
  'forgot.lead': 'Tell us your e-mail address and we will send you a link.',
  'forgot.action': 'Send link',
  'forgot.sent.title': 'Check your inbox',
  'forgot.sent.text': 'If there is an account for {email}, a link to set a new password is on its way.',

  'reset.title': 'Choose a new password',
  'reset.lead': 'You will be signed out everywhere else.',
  'reset.action': 'Set password',
  'reset.newLink': 'Ask for a new link',
  'reset.done.title': 'Your new password is set',
  'reset.done.text': 'Sign in with it to go on.',

  'invitation.title': 'Welcome to {academy}',
  'invitation.lead': 'You have been invited. Choose a password and you are in.',
  'invitation.action': 'Join',
  'invitation.refused': 'It may have been used already, or have run out. Ask for a new invitation.',

  'verify.title': 'Confirm your e\u2011mail address',
  'verify.lead': 'One press, and your account is ready.',
  'verify.action': 'Confirm address',
  'verify.done.title': 'Your address is confirmed',
  'verify.done.text': 'Your account is ready. Sign in to begin.',

  'link.missing.title': 'This link does not work',
  'link.missing.text': 'Open the link from the message again, or ask for a new one.',

  'session.ended.title': 'Please sign in again',
  'session.ended.text': 'Your session has ended. What you have on this page stays.',
  'session.ended.leave': 'Leave this page',
} as const;
