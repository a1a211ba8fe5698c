/** A zone of the IANA database where it is between twelve and one; the signs of these names are the other way round. */
export function zoneAtNoon(): string {
    const ahead = 12 - new Date().getUTCHours();
    return ahead === 0 ? "UTC" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}
