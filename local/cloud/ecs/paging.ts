import { AwsError } from "../front/awsError";

/** Cuts a list into pages the way AWS's list operations do. @throws AwsError InvalidParameterException */
export function page<Item>(
    items: readonly Item[],
    request: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
    largestPage = 100,
): { items: Item[]; nextToken?: string } {
    const start = request.nextToken === undefined ? 0 : Number(request.nextToken);
    if (!Number.isInteger(start) || start < 0) {
        throw new AwsError("InvalidParameterException", "Invalid token.");
    }
    const end = start + Math.min(request.maxResults ?? largestPage, largestPage);
    return { items: items.slice(start, end), ...(end < items.length && { nextToken: String(end) }) };
}
