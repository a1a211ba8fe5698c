/** Path below which the local cloud answers as SUSE's public cloud information service (pint) does. */
export const pintPrefix = "/_pint";
