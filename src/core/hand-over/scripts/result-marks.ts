/** What stands around the block that the admin sends back. */
export const resultBegin = '-----BEGIN TA EXCHANGE RESULT-----';
export const resultEnd = '-----END TA EXCHANGE RESULT-----';
