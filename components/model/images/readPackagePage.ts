import { Parser } from "htmlparser2";

/** A package of an image whose version is not that of the image before. */
export interface PackageChange {
    readonly name: string;
    /** Version in the image before; missing where the page tells the new one only. */
    readonly from?: string;
    readonly to: string;
}

/**
 * Reads SUSE's page on the packages of an image that changed. SUSE says that it lists their versions, in HTML that is
 * meant for programs too (https://www.suse.com/c/public-cloud-image-change-information/), and not how: any line that is
 * a package with one or two versions and nothing else is taken, be it of a table, a list or plain text.
 * Undefined when there is no such line.
 */
export function readPackagePage(html: string): readonly PackageChange[] | undefined {
    const changes = linesOf(html).flatMap((line) => readLine(line) ?? []);
    const said = new Map<string, Set<string>>();
    for (const change of changes) {
        said.set(change.name, (said.get(change.name) ?? new Set()).add(JSON.stringify(change)));
    }
    // A package of which the page says two things is one of which it says nothing.
    const clear = changes.filter(({ name }) => said.get(name)?.size === 1);
    return changes.length === 0
        ? undefined
        : [...new Map(clear.map((change) => [change.name, change])).values()];
}

const lineTags = new Set(["tr", "li", "p", "div", "br", "pre", "h1", "h2", "h3", "h4", "h5", "h6"]);
const silentTags = new Set(["script", "style", "head"]);

/** The text as a browser shows it, line by line; the cells of a table's row are one line. */
function linesOf(html: string): readonly string[] {
    let text = "";
    const open: string[] = [];
    const separate = (tag: string): void => {
        text += lineTags.has(tag) ? "\n" : " ";
    };
    const parser = new Parser({
        onopentag: (tag) => {
            open.push(tag);
            separate(tag);
        },
        onclosetag: (tag) => {
            open.splice(open.lastIndexOf(tag), 1);
            separate(tag);
        },
        ontext: (piece) => {
            if (!open.some((tag) => silentTags.has(tag))) {
                text += open.includes("pre") ? piece : piece.replace(/\s+/g, " ");
            }
        },
    });
    parser.end(html);
    return text.split("\n");
}

/** Words that may stand around the versions; any other makes the line prose. */
const fillers = new Set(["->", "=>", "→", "|", "-", "to", "from", "x86_64", "aarch64", "noarch"]);
const packageName = /^[A-Za-z][\w.+-]*$/;
const version = /^\d[\w.+~^:-]*$/;
const nameVersionRelease =
    /^([A-Za-z0-9][\w.+-]*?)-(\d[\w.+~^]*-\d[\w.]*?)(?:\.(?:x86_64|aarch64|noarch))?(?:\.rpm)?$/;

function readLine(line: string): PackageChange | undefined {
    const [first, ...others] = line
        .split(/\s+/)
        .map((word) => word.replace(/^\(|[,:;)]+$/g, ""))
        .filter((word) => word !== "" && !fillers.has(word));
    if (first === undefined || others.length > 2) {
        return undefined;
    }
    const whole = [first, ...others].map((word) => nameVersionRelease.exec(word));
    const names = new Set(whole.map((match) => match?.[1]));
    const name = names.size === 1 ? [...names][0] : undefined;
    if (name !== undefined && whole.length <= 2) {
        return changeOf(
            name,
            whole.map((match) => match?.[2] ?? ""),
        );
    }
    return packageName.test(first) && others.length > 0 && others.every((word) => version.test(word))
        ? changeOf(first, others)
        : undefined;
}

/**
 * Whichever column comes first: versions and releases only ever rise
 * (https://www.suse.com/support/kb/doc/?id=000020568).
 */
function changeOf(name: string, versions: readonly string[]): PackageChange | undefined {
    const [lower = "", higher] = [...versions].sort(new Intl.Collator("en", { numeric: true }).compare);
    if (higher === undefined) {
        return { name, to: lower };
    }
    return lower === higher ? undefined : { name, from: lower, to: higher };
}
