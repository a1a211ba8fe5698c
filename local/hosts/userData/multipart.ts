/** The bodies of a MIME multi-part document, the form in which cloud-init takes several documents at once. */
export function multipartBodies(text: string): string[] {
    const boundary = /boundary="?([^"\s;]+)"?/i.exec(text)?.[1];
    if (boundary === undefined) {
        return [];
    }
    return text
        .split(`--${boundary}`)
        .slice(1)
        .filter((part) => !part.startsWith("--"))
        .map((part) => {
            const normalized = part.replaceAll("\r\n", "\n").replace(/^\n/, "");
            const end = normalized.indexOf("\n\n");
            const head = normalized.slice(0, end);
            const body = normalized.slice(end + 2);
            return /^content-transfer-encoding:\s*base64/im.test(head)
                ? Buffer.from(body, "base64").toString("utf8")
                : body;
        });
}
