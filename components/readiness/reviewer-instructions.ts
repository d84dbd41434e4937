type ReviewFacts = {
  readonly name: string
  readonly resource: string
  /** Null: there is no account for reviewers yet. */
  readonly email: string | null
  readonly supportUrl: string | null
}

/** For the form of a directory. The code is not in it: it was shown once, and goes into the form’s own field for it. */
export const reviewerInstructions = ({ name, resource, email, supportUrl }: ReviewFacts): string => `How to connect to ${name}

1. Add a custom connector with this MCP server URL: ${resource}
2. Choose Connect. A sign-in page opens.
3. Choose “Send me a code”, enter ${email ?? '[address of the reviewer account]'} and go on. No mail is sent to this address.
4. Enter the code from the field for test credentials of this form.
5. Look at what is asked for, and choose Allow. You are sent back, connected.

Tools to try: [name two or three, with an example prompt each]
To start over: disconnect the connector, and begin at 1. The code works as often as you need it until it expires.${supportUrl ? `\nHelp: ${supportUrl}` : ''}
`
