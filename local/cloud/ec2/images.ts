import type { Handler } from "../cloud";
import { hiddenImageIds } from "../images/catalogue";

/** moto's images without those of SUSE's that are not there on the day. */
export const describeImages: Handler = async (call, cloud) => {
    const answer = await cloud.forward(call);
    if (answer.status >= 300) {
        return answer;
    }
    const hidden = hiddenImageIds(cloud.settings.imagesOn);
    const text = answer.body
        .toString("utf8")
        .replace(/(<imagesSet>)(.*)(<\/imagesSet>)/s, (_, start, items, end) =>
            [start, ...topItems(String(items)).filter((item) => !hidden.has(idOf(item))), end].join(""),
        );
    const body = Buffer.from(text, "utf8");
    return { ...answer, headers: { ...answer.headers, "content-length": body.length }, body };
};

function idOf(item: string): string {
    return /<imageId>([^<]*)<\/imageId>/.exec(item)?.[1] ?? "";
}

/** The items of a list, whole; lists within them have items too. */
function topItems(xml: string): string[] {
    const items: string[] = [];
    let depth = 0;
    let start = 0;
    for (const { 0: tag, index } of xml.matchAll(/<\/?item>/g)) {
        if (tag === "<item>") {
            start = depth === 0 ? index : start;
            depth += 1;
        } else {
            depth -= 1;
            if (depth === 0) {
                items.push(xml.slice(start, index + tag.length));
            }
        }
    }
    return items;
}
