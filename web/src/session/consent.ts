/**
 * Version of the words on the trust screens, sent with every yes and kept with the
 * session. Change it whenever a sentence of trust.* changes its meaning.
 */
export const consentText = 'view-2'
