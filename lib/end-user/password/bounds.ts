const MIN_PASSWORD = 12
const MAX_PASSWORD = 128

/** Long enough to be somebody's new one. */
export const isNewPassword = (password: string): boolean => password.length >= MIN_PASSWORD && password.length <= MAX_PASSWORD

/** Worth comparing: no password of ours is longer. */
export const isPassword = (password: string): boolean => password !== '' && password.length <= MAX_PASSWORD
