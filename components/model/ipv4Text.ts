const decimal = "(0|[1-9]\\d{0,2})";
const form = new RegExp(`^${decimal}(\\.${decimal}){3}/(0|[1-9]\\d?)$`);

/** Whether a text may be an IPv4 block as AWS writes it: programs read a leading 0 as octal, or do not. */
export function looksLikeIpv4Block(text: string): boolean {
    return form.test(text);
}
