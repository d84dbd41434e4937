import type { PageName } from '#lib/oauth/page-name.ts'

/** English. A function with `<T>` gets markup and returns the pieces of its sentence. */
export const en = {
  language: 'English',
  footer: { language: 'Language', help: 'Help', privacy: 'Privacy', terms: 'Terms' },
  youAreAt: (host: string) => `You are at ${host}`,
  or: 'or',
  someUser: 'a user without an e-mail address',
  signedInAs: <T>(name: T) => ['Signed in as ', name],

  client: {
    verifiedDomain: 'Verified domain',
    unverified: 'Unverified',
    callsItself: (name: string) => `calls itself “${name}”`,
  },

  signIn: {
    tab: 'Sign in',
    title: (project: string) => `Sign in to ${project}`,
    signUpTitle: (project: string) => `Create an account at ${project}`,
    resetTitle: 'Forgot your password?',
    mailTitle: 'Check your mail',
    toConnect: <T>(client: T) => ['to connect ', client],
    alreadyAs: <T>(name: T) => ['You are signed in as ', name, '.'],
    goOn: 'Go on as this user',
    resetDone: 'Your password is changed. Sign in with the new one.',
    email: 'E-mail',
    password: 'Password',
    signIn: 'Sign in',
    sendCode: 'Send me a code',
    forgot: 'Forgot your password?',
    newHere: 'New here?',
    createAccount: 'Create an account',
    handoff: (host: string) => `Sign in at ${host}`,
    provider: (name: string) => `Continue with ${name}`,
    answerGoesTo: <T>(target: T) => ['Afterwards you decide what the app may do. The answer goes to ', target, '.'],
    passwordHint: 'At least 12 characters.',
    emailHint: 'We write to it, to see that it is yours.',
    create: 'Create account',
    goOnButton: 'Continue',
    haveAccount: 'Have an account?',
    resetText: 'We send a link with which you choose a new one.',
    sendLink: 'Send the link',
    back: 'Back to sign-in',
    sent: 'If there is an account with this address, a mail with a link is on its way. It counts for 30 minutes.',
    noCode: 'No code is waiting here any more.',
    askAnew: 'Ask for a new one',
    wroteTo: <T>(email: T) => ['We have written to ', email, '. The code counts for ten minutes, in this browser.'],
    codeOnItsWay: <T>(email: T) => [
      'If it may sign in here, a code is on its way to ',
      email,
      '. It counts for ten minutes, in this browser.',
    ],
    code: 'Code',
    choosePassword: 'Choose a password',
    resend: 'Send a new one',
    otherAddress: 'Use another address',
    noCookiesTitle: 'Your browser keeps no cookies',
    noCookies: 'Without them nobody can stay signed in. Allow cookies for this site, then load the page again.',
  },

  emailLink: {
    tab: 'Go on',
    resetTitle: (project: string) => `A new password for ${project}`,
    confirmTitle: 'Is this address yours?',
    elsewhereTitle: (project: string) => `Go on at ${project}`,
    as: <T>(email: T) => ['as ', email],
    elsewhere: 'This is not the browser in which you asked. Go back there and enter this code:',
    elsewhereWarning: 'If you did not ask for it, close this page. Never tell the code to anybody.',
    resetText: 'It signs you out everywhere and disconnects every app.',
    newPassword: 'New password',
    changePassword: 'Change the password',
    confirm: 'Confirm the address',
    goneTitle: 'This link counts no more',
    gone: 'It was used, a newer one has replaced it, or its time is over.',
    goneNext: 'Go back to where you asked for it, and ask for a new one.',
  },

  /** By the `error` of a page. */
  problems: {
    credentials: 'E-mail address and password do not belong together.',
    throttled: 'Too many tries. Wait a few minutes, then try again.',
    busy: 'We are very busy at the moment. Try again in a few seconds.',
    exists: 'There is an account with this address already. Sign in, or use another address.',
    closed: 'New accounts can not be made here at the moment. Ask whoever runs this service.',
    invalid: 'Enter a full e-mail address and a password of 12 to 128 characters.',
    address: 'Enter a full e-mail address.',
    password: 'A password has 12 to 128 characters.',
    code: 'That is not the code. Take the newest mail.',
    code_spent: 'This code or link counts no more: it was used, replaced or tried too often, or its time is over. Ask for a new one.',
    handoff_unconfirmed:
      'The sign-in page sent you back, but its server has not told us who you are. Try again; if it stays so, tell whoever runs that page.',
    handoff_expired: 'That took longer than five minutes. Start again.',
    handoff_over: 'This sign-in counts no more. Start again.',
    handoff_denied: 'The sign-in page does not let you in.',
    not_recent: 'Sign in again first. This needs a sign-in within the last ten minutes.',
    passkey: 'No account here opens with this passkey. Try another one, or another way to sign in.',
    passkey_spent: 'That took too long, or was done already. Try again.',
    passkey_invalid: 'This passkey can not be used here. Try another device.',
    passkey_exists: 'This passkey is known here already.',
    passkey_full: 'You have twenty passkeys, which is the most there can be. Remove one first.',
    passkey_limited: 'You were let in for some things only, and a passkey would open all. Sign in another way first.',
    passkey_last: 'This is your only way to sign in. Add another passkey first.',
    way_off: 'This way to sign in was switched off. Choose another.',
    email_taken: 'There is an account with the address that came back already. Sign in to it as before.',
    disabled: 'This account is switched off. Ask whoever runs this service.',
    provider_refused: 'Nobody was signed in there. Try again, or choose another way.',
    provider_unreachable: 'It does not answer at the moment. Try again in a minute, or choose another way.',
    provider_nonsense: 'Its answer could not be used. Try again; if it stays so, tell whoever runs this service.',
    other: 'That did not work. Try again.',
  },

  consent: {
    tab: 'Allow access?',
    title: (client: string, project: string) => `${client} wants access to your ${project} account`,
    notYou: 'Not you?',
    uncheckedTitle: 'Nobody has checked this app',
    unchecked: 'It registered itself and chose its own name. Go on only if you started this yourself a moment ago.',
    deviceTitle: 'It asks from another device',
    device:
      'Go on only if you started this yourself on a device in front of you, a moment ago. If somebody gave you the code, choose Deny: they would get access to your account.',
    loopbackTitle: 'It returns to this computer',
    loopback: 'A program running on your own machine gets the answer. Allow it only if you started that program.',
    loopbackOf: (host: string) =>
      `A program running on your own machine gets the answer. Allow it only if you started that program: any program can say that it is ${host}.`,
    otherAddressTitle: 'It returns to another address',
    otherAddress: (target: string, host: string) => `The answer goes to ${target}, not to ${host}. Go on only if you know both.`,
    tickOne: 'Tick at least one thing you allow, or choose Deny.',
    may: 'It may',
    onlyIdentity: 'Know that you have an account here, and nothing more.',
    identity: 'Know that it is you: it gets an identifier of your account.',
    allowedBefore: 'already allowed',
    notAsked: 'not asked for',
    isNew: 'new',
    /** Of a scope that can do harm, in the eyes of whoever runs the project. */
    risky: 'high risk',
    /** Of a box that cannot be unticked. */
    mustBe: 'required',
    at: 'At',
    forHowLong: 'For how long',
    once: (duration: string) => `For ${duration}. Then it has to ask again.`,
    renewed: (unused: string, every: string) =>
      `Until it has not been used for ${unused}. In between it is renewed every ${every.replace(/^1 /, '')}.`,
    returnsTo: 'Returns to',
    anotherDevice: 'Another device',
    showAddress: 'Show full address',
    deny: 'Deny',
    allow: 'Allow',
    /** OpenID Connect Core §5.4; the other scopes are the operator's words. */
    scopes: {
      profile: 'See your name',
      email: 'See your e-mail address',
    },
  },

  /** Why a request can not be answered: title, what happened, and where to go on. */
  nothingHere: {
    title: 'There is nothing at this address',
    text: 'It may be mistyped, or what it named has been removed. Go back to where you came from and start again from there.',
  },
  failure: {
    retry: 'Try again',
    reference: 'If it goes on, tell whoever sent you here this reference.',
  },
  gone: {
    unknown: {
      title: 'This request does not exist',
      text: 'The address may be incomplete, or the app that sent you here has been removed.',
      next: 'Go back to the app and start connecting again.',
    },
    other_browser: {
      title: 'This request belongs to another browser',
      text: 'For your safety it can only be answered in the browser that opened it. If somebody sent you this link, do not go on.',
      next: 'To connect an app of your own, start again from that app.',
    },
    expired: {
      title: 'This request has expired',
      text: 'It waits for ten minutes, and those are over. Nothing was allowed.',
      next: 'Go back to the app and start connecting again.',
    },
    client_changed: {
      title: 'This app has changed',
      text: 'What it says of itself is no longer what this request began with. Nothing was sent to it.',
      next: 'Go back to the app and start connecting again.',
    },
    client_unavailable: {
      title: 'This app cannot be checked now',
      text: 'What it says of itself could not be read from its own address. Nothing is lost.',
      next: 'Wait a minute, then load this page again.',
    },
    already_answered: {
      title: 'You have answered already',
      text: 'Your decision has been sent to the app.',
      next: 'You can close this page. To decide anew, start again from the app.',
    },
  },

  device: {
    tab: 'Connect a device',
    title: (project: string) => `Connect a device to ${project}`,
    compare: 'Go on only if your device shows exactly this code.',
    enter: 'Enter the code that your device shows.',
    hint: 'Eight letters. Case and the hyphen do not matter.',
    unknown: 'This code is not valid, or no longer. Check what your device shows now; it may have a new one.',
    busy: 'We are very busy at the moment. Try again in a minute.',
    warning: 'Did somebody send you a code or a link to this page? Then close it: they would get access to your account.',
    offTitle: 'Devices cannot be connected here',
    off: 'The address may be incomplete, or whoever runs this service has not switched it on.',
  },

  account: {
    tab: 'Your account',
    title: (project: string) => `Your ${project} account`,
    /** By the `done` of the page. */
    done: {
      password: 'Your password is changed. You are signed out everywhere else.',
      email: 'Your e-mail address is changed. We have told the old one.',
      confirmed: 'Your e-mail address is confirmed.',
      passkey: 'Your passkey is added. You can sign in with it from now on.',
      'passkey-removed': 'The passkey is removed. Your device may still offer it; delete it there too.',
    },
    email: 'E-mail address',
    noEmail: 'None yet',
    confirmed: 'Confirmed',
    unconfirmed: 'Not confirmed',
    enterCode: <T>(email: T) => ['We have written to ', email, '. Enter the code from the mail.'],
    confirm: 'Confirm',
    confirmThis: 'Confirm this address',
    addEmail: 'Add an address',
    changeEmail: 'Change the address',
    newEmail: 'New e-mail address',
    sendCode: 'Send a code to the new address',
    currentPassword: 'Current password',
    password: 'Password',
    passwordText: 'A new one signs you out everywhere else. Connected apps stay connected.',
    changePassword: 'Change the password',
    setPassword: 'Set a password',
    apps: 'Connected apps',
    appsText: 'What you allowed apps to do here, and since when.',
    seeApps: 'See and disconnect apps',
    sessions: 'Signed in',
    sessionsText: 'Signing out everywhere ends every session and disconnects every app.',
    signOut: 'Sign out',
    signOutEverywhere: 'Sign out everywhere',
  },

  passkeys: {
    signIn: 'Sign in with a passkey',
    needsScripts: 'Signing in here needs a passkey, and passkeys need JavaScript.',
    unsupported: 'Signing in here needs a passkey, which this browser does not have.',
    title: 'Passkeys',
    description: 'Sign in with your fingerprint, your face or the code of your device. There is nothing to type and nothing to steal.',
    none: 'You have none yet.',
    added: (when: string) => `Added ${when}, never used`,
    addedAndUsed: (when: string, used: string) => `Added ${when}, used ${used}`,
    name: 'Name',
    nameHint: 'So that you know later which one it is.',
    nameOf: (browser: string, device: string) => `${browser} on ${device}`,
    add: 'Add a passkey',
    remove: 'Remove',
    removeNamed: (name: string) => `Remove ${name}`,
    signInAgain: <T>(link: (words: string) => T) => [
      link('Sign in again'),
      ' to add or remove a passkey: that needs a sign-in within the last ten minutes.',
    ],
    full: 'You have twenty, which is the most there can be. Remove one to add another.',
    /** Why it did not work, as the browser or its authenticator says. */
    failures: {
      cancelled: 'Nothing was done: it was cancelled, or took too long.',
      known: 'This device has a passkey for your account already.',
      here: 'Passkeys do not work at this address.',
      other: 'That did not work. Load the page again, then try once more.',
    },
  },

  connectedApps: {
    tab: 'Connected apps',
    title: (project: string) => `Apps connected to your ${project} account`,
    /** By the `done` of the page. */
    done: {
      disconnect: 'Disconnected. The app has to ask you again.',
      'disconnect-app': 'Disconnected. The app has to ask you again.',
      'disconnect-all': 'Every app is disconnected. Each has to ask you again.',
    },
    yourAccount: 'Your account',
    noneTitle: 'No app has access',
    none: (project: string) =>
      `When you connect an assistant or another app to ${project} and press Allow, it stands here: what it may do, since when, and a button that takes it all back.`,
    noneNext: (project: string) => `To connect one, add ${project} in that app. It then sends you here to decide.`,
    disconnect: 'Disconnect',
    disconnectNamed: (name: string) => `Disconnect ${name}`,
    disconnectSome: (count: number) => `Disconnect all ${count}`,
    may: 'May',
    onlyIdentity: 'Know that you have an account here',
    at: 'At',
    returnedTo: 'Returned to',
    ownComputer: (target: string) => `${target} (a program on your computer)`,
    connected: 'Connected',
    renewed: 'Last renewed',
    never: 'never',
    afterwards: (duration: string) =>
      `An app that you disconnect can renew nothing from then on. Where a service does not ask us each time, what the app holds may still be accepted for up to ${duration}.`,
    all: 'Disconnect every app',
    allText: 'Each of them stops working for you until you allow it again.',
    allButton: 'Disconnect all',
  },

  /** Answers without a page of the framework. */
  pages: {
    malformed: {
      title: 'This link is not valid',
      text: 'The address of this authorization request is damaged. Go back to the application and start again.',
    },
    client_unknown: {
      title: 'This application is not known here',
      text: 'The application that sent you is not registered, or no longer. Remove the connection in the application and add it again.',
    },
    redirect_unregistered: {
      title: 'This application asks to send you to an address it did not register',
      text: 'For your safety nothing was sent there. If you are the developer: redirect_uri must equal a registered one, byte for byte.',
    },
    suspended: { title: 'Sign-in is switched off', text: 'The owner of this service has suspended it.' },
    pushed_used: {
      title: 'This link was opened before',
      text: 'It works once. If its page is still open in another tab, go on there. Otherwise go back to the application and start again.',
    },
    pushed_unknown: {
      title: 'This request has expired',
      text: 'It waits for one minute to be opened, by the application that made it. Go back to the application and start again.',
    },
    silent: {
      title: 'This application wants to sign you in without asking',
      text: 'It has introduced itself and you have not allowed it before, so nothing was sent to it. Start the connection from the application.',
    },
    document_not_trusted: {
      title: 'This application may not connect here',
      text: 'The owner of this service accepts applications from certain sites only, and this one is not among them.',
    },
    document_unavailable: {
      title: 'This application cannot be checked now',
      text: 'What it says of itself could not be read from its own address. Wait a minute, then load this page again.',
    },
    document_invalid: {
      title: 'This application describes itself wrongly',
      text: 'If you are the developer: client_id must be the URL of its metadata document, byte for byte, which must have client_name, redirect_uris and no secret.',
    },
    busy: { title: 'Too many sign-ins at once', text: 'Wait a minute and try again.' },
    request_unknown: {
      title: 'This request is not valid',
      text: 'It does not exist, or was started in another browser. Go back to the application and start again.',
    },
    request_expired: {
      title: 'This request has expired',
      text: 'A request waits ten minutes. Go back to the application and start again.',
    },
    request_answered: {
      title: 'You have already answered',
      text: 'This request was answered before, perhaps in another tab. You can close this page.',
    },
    client_changed: {
      title: 'This application has changed',
      text: 'What it says of itself is not what you were shown. Nothing was sent to it. Go back to the application and start again.',
    },
    client_removed: {
      title: 'This application was removed',
      text: 'Its owner, or the owner of this service, has revoked it. Nothing was sent to it.',
    },
    forbidden: {
      title: 'This answer did not come from our page',
      text: 'For your safety it was not accepted. Go back to the application and start again.',
    },
    device_connected: { title: 'Your device is connected', text: 'You can close this page and go back to your device.' },
    device_denied: { title: 'Your device was not connected', text: 'It was given no access. You can close this page.' },
    devices_off: { title: 'Devices cannot be connected here', text: 'The owner of this service has not switched it on.' },
    handoff_unknown: {
      title: 'This sign-in is not known here',
      text: 'Its address is damaged, or it is long over. Go back to the application and start again.',
    },
    handoff_other_browser: {
      title: 'This sign-in was started in another browser',
      text: 'For your safety it does not count here. Go back to the application and start again, all in one browser.',
    },
    handoff_no_proof: {
      title: 'The sign-in page sent you back the wrong way',
      text: 'Its server has confirmed who you are, but this is not the address it was given for your browser. Go back to the application and start again.',
    },
    handoff_used: { title: 'This sign-in was used before', text: 'It counts once. Go back to the application and start again.' },
    upstream_over: {
      title: 'This sign-in is over',
      text: 'It took longer than ten minutes, was finished before, or was started in another browser. Go back to the application and start again.',
    },
    failed: { title: 'Something is not working here', text: 'Nothing was lost. Wait a moment and try again.' },
  } satisfies Record<PageName, { title: string; text: string }>,
  leaving: { title: (place: string) => `Going to ${place}`, text: 'You sign in there and come back.', goOn: 'Go on' },
  /** Above a sentence that is for the developer of the client, in English. */
  refused: 'This request could not be answered',

  mail: {
    help: 'Help',
    sentBy: (project: string, host: string) => `Sent by ${project} (${host}).`,
    codeCounts: (duration: string) => `It counts for ${duration}, once, and only in the browser that asked for it.`,
    signInCode: {
      subject: (project: string, code: string) => `${code} is your code for ${project}`,
      opening: (project: string) => `Somebody, hopefully you, wants to sign in to ${project} with this address. The code:`,
      link: 'Open the sign-in page',
      notYou: 'If that was not you, do nothing. Nobody gets in without the code: never tell it to anybody.',
    },
    signUpCode: {
      subject: (project: string, code: string) => `${code} confirms your address for ${project}`,
      opening: (project: string) => `To make your account at ${project}, enter this code:`,
      link: 'Open the page',
      notYou: 'If you did not ask for an account, do nothing: there will be none. Never tell the code to anybody.',
    },
    verifyEmail: {
      subject: (project: string, code: string) => `${code} confirms your address for ${project}`,
      opening: (project: string) => `To confirm that this address is yours, enter this code on your account page at ${project}:`,
      link: 'Confirm the address',
      notYou: 'If you did not ask for it, do nothing, and never tell the code to anybody.',
    },
    changeEmail: {
      subject: (project: string, code: string) => `${code} confirms your new address for ${project}`,
      opening: (project: string) => `To sign in to ${project} with this address from now on, enter this code on your account page:`,
      link: 'Confirm the new address',
      notYou: 'If you did not ask for it, do nothing, and never tell the code to anybody.',
    },
    emailChanged: {
      subject: (project: string) => `Your address at ${project} was changed`,
      opening: (project: string) => `Your account at ${project} has another e-mail address now. This one does not open it any more.`,
      notYou: 'If that was not you, write to whoever runs this service at once.',
    },
    resetPassword: {
      subject: (project: string) => `A new password for ${project}`,
      opening: (project: string) => `Somebody, hopefully you, has forgotten the password for ${project}. Here you can choose a new one:`,
      link: 'Choose a new password',
      counts: (duration: string) => `The link counts for ${duration}, once. A newer one replaces it.`,
      notYou: 'If that was not you, do nothing: your password stays as it is.',
    },
    accountExists: {
      subject: (project: string) => `You have an account at ${project} already`,
      opening: (project: string) => `Somebody, perhaps you, wanted to use this address for an account at ${project}. It has one already.`,
      link: 'Sign in',
      forgotten: 'If you have forgotten your password, choose “Forgot your password?” on the sign-in page.',
      notYou: 'If that was not you, do nothing. Nothing was changed.',
    },
  },
}

/**
 * All that end users read: English is the measure, the other languages have the same keys. A function takes what stands inside its
 * sentence, because words come in another order elsewhere; where that is not text but markup, it returns the pieces in their order.
 */
export type Words = typeof en
